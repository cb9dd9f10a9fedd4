"""Space that no browser shows is taken out of a page; what stands between words stays."""

from content.rendering.whitespace import without_idle_space


def test_space_between_blocks_goes_and_space_between_words_stays():
    html = '<ul class="a">\n\n<li><a>One</a>\n<b>two</b> </li>\n</ul>\n<p>Three\n <em>four</em>.</p>\n'
    kept = '<ul class="a"><li><a>One</a>\n<b>two</b></li></ul><p>Three\n <em>four</em>.</p>'
    assert without_idle_space(html) == kept


def test_a_name_that_only_begins_like_a_block_is_no_block():
    assert without_idle_space("<s>a</s> <small>b</small> <path/>") == "<s>a</s> <small>b</small> <path/>"

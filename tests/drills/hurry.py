"""Makes a drill short: the same outbox with shorter waits. Imported by every process of a drill."""

from datetime import timedelta

from intake import courier, notifications

notifications.FIRST_BACKOFF = timedelta(seconds=1)
notifications.LONGEST_BACKOFF = timedelta(seconds=4)
notifications.DIGEST_PAUSE = timedelta(seconds=2)
courier._courier._pause_seconds = 1

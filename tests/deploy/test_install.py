"""install.sh, run again after the domain changed: nginx, security.txt and certificate follow the settings.

Only the steps that write below its own folders run here; the whole was tried in an empty Debian (README.md).
"""

import subprocess

import pytest
from django.conf import settings as project

pytestmark = pytest.mark.once
SCRIPT = project.BASE_DIR / "docs" / "deploy" / "install.sh"
CERTBOT = """
certbot() { printf '%s\\n' "$*" >"$asked"; }
nginx() { :; }
has_systemd() { :; }
systemctl() { [ "$1" = show ] && echo "@$began" || printf 'systemctl %s\\n' "$*"; }
domain_in_service() { echo www.old.org; }
"""


class Machine:
    """A machine where it ran before for www.old.org; everything of it is below `folder`."""

    def __init__(self, folder):
        self.folder, self.local = folder, folder / "nginx" / "local"
        self.local.mkdir(parents=True)
        self.began = 0  # the service, before every change of its settings
        self.write_settings("www.old.org", "www.old.org,old.org")
        self.run("write_proxy_settings", "make_first_certificate")

    def write_settings(self, domain, hosts, more=""):
        (self.folder / "vtc.env").write_text(f"SITE_URL=https://{domain}\nALLOWED_HOSTS={hosts}\n{more}")

    def run(self, *steps, status=0):
        head, _, _ = SCRIPT.read_text().partition("\ncheck_machine\n")
        head = head.replace("/var/log/nginx/", f"{self.folder}/").replace("www-data:adm", "$(id -u):$(id -g)")
        own = f"site={project.BASE_DIR} settings={self.folder}/vtc.env nginx={self.folder}/nginx"
        asked = f"began={self.began} asked={self.folder}/asked OWNER_EMAIL=owner@old.org\n"
        script = "\n".join([head, own, asked, CERTBOT, "ask_questions", *steps])
        done = subprocess.run(["sh", "-c", script, str(SCRIPT)], capture_output=True, text=True)
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    def told(self, name):
        return (self.local / name).read_text()

    def make_certificate(self, *names):
        """As from somebody else: the operator's own file."""
        file = self.folder / "mine.pem"
        names = ",".join(f"DNS:{name}" for name in names)
        keys = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "/dev/null"]
        call = ["openssl", "req", "-x509", *keys, "-subj", "/CN=x", "-addext", f"subjectAltName={names}"]
        subprocess.run([*call, "-out", file], check=True, capture_output=True)
        (self.local / "certificate.conf").write_text(f"ssl_certificate {file};\nssl_certificate_key k;\n")


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_a_second_run_changes_no_name(machine):
    (machine.local / "names.conf").write_text("server_name extra.old.org\n    old.org www.old.org;\n")
    machine.run("write_proxy_settings")
    assert "extra.old.org" in machine.told("names.conf")
    assert not (machine.local / "names.conf.before").exists()


def test_names_follow_a_new_domain_and_the_old_ones_are_still_answered(machine):
    machine.write_settings("www.new.org", "www.new.org,old.org,www.old.org,127.0.0.1,localhost")
    assert "nginx now answers www.new.org old.org www.old.org" in machine.run("write_proxy_settings")
    assert machine.told("names.conf") == "server_name www.new.org old.org www.old.org;\n"
    assert "old.org www" not in machine.told("names.conf.before") and "old.org" in machine.told(
        "names.conf.before"
    )
    assert "Canonical: https://www.new.org/" in machine.told("security.txt")
    assert "Contact: mailto:owner@old.org" in machine.told("security.txt")


def test_a_name_that_only_ends_alike_is_a_new_one(machine):
    (machine.local / "names.conf").write_text("server_name xwww.old.org www.old.org.xy old.org;\n")
    machine.run("write_proxy_settings")
    assert machine.told("names.conf") == "server_name www.old.org old.org;\n"


def test_a_certificate_is_asked_for_until_it_has_every_name(machine):
    machine.write_settings("www.new.org", "www.new.org,old.org")
    machine.run("write_proxy_settings", "get_certificate")
    asked = (machine.folder / "asked").read_text()
    assert "--cert-name www.new.org" in asked and "-d www.new.org -d old.org" in asked
    assert "live/www.new.org/fullchain.pem" in machine.told("certificate.conf")


def test_a_certificate_of_the_operator_is_left_alone_and_told_when_it_lacks_a_name(machine):
    machine.make_certificate("www.old.org", "old.org")
    assert "lacks a name" not in machine.run("write_proxy_settings", "get_certificate")
    machine.write_settings("www.new.org", "www.new.org,old.org")
    assert "lacks a name of: www.new.org old.org" in machine.run("write_proxy_settings", "get_certificate")
    assert not (machine.folder / "asked").exists() and "mine.pem" in machine.told("certificate.conf")


def test_the_site_takes_its_new_name_last_and_only_with_a_certificate_for_it(machine):
    last = "install_proxy get_certificate restart_for_new_settings start_timers look"
    assert SCRIPT.read_text().split()[-5:] == last.split()
    steps = ("write_proxy_settings", "get_certificate", "restart_for_new_settings")
    machine.make_certificate("www.old.org", "old.org")
    machine.write_settings("www.new.org", "www.new.org,old.org")
    for _ in range(2):  # nginx knows the name the second time
        assert "The site goes on under its old name" in machine.run(*steps)
    machine.write_settings("www.third.org", "www.third.org")
    machine.make_certificate("www.third.org")
    assert machine.run(*steps).endswith("systemctl restart vtc\n")


def test_the_site_is_restarted_after_any_change_of_its_settings_and_only_then(machine):
    machine.make_certificate("www.old.org", "old.org")
    assert machine.run("restart_for_new_settings").endswith("systemctl restart vtc\n")
    machine.write_settings("old.org", "www.old.org,old.org")  # names that nginx knows, in another order
    assert machine.run("restart_for_new_settings").endswith("systemctl restart vtc\n")
    machine.began = 2**40
    assert "systemctl restart" not in machine.run("restart_for_new_settings")


@pytest.mark.parametrize(("place", "is_here"), [("127.0.0.1:5432", True), ("10.0.0.5:5432", False)])
def test_a_database_on_another_machine_is_not_made_on_this_one(machine, place, is_here):
    machine.write_settings(
        "old.org", "old.org", f"DATABASE_URL=postgres://vtc:secret@{place}/vtc?sslmode=require\n"
    )
    said = machine.run("as_postgres() { echo asked; }", "make_database")
    assert ("asked" in said, "another machine" in said) == (is_here, not is_here)


def test_the_owner_is_not_asked_for_again_after_a_run_that_broke_off(machine):
    (machine.local / "security.txt").unlink()
    machine.write_settings("old.org", "old.org", "# The first owner: first@old.org\n")
    assert "asked first@old.org" in machine.run("OWNER_EMAIL= && ask_questions && echo asked $OWNER_EMAIL")


def test_a_checkout_of_somebody_else_is_cloned(machine, monkeypatch):
    source = machine.folder / "source"
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (
        ["init", "--quiet", source],
        ["-C", source, *who, "commit", "--quiet", "--allow-empty", "-m", "x"],
    ):
        subprocess.run(["git", *words], check=True)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    machine.run(f"source={source} site={machine.folder}/site", "clone_site")
    assert (machine.folder / "site" / ".git").is_dir()


def test_a_part_that_fails_is_named_with_what_is_done_and_what_comes_next(machine):
    steps = (
        'systemctl() { [ "$1" != reload-or-restart ]; }',
        "cp() { :; }; install() { :; }; sysctl() { :; }",
        "install_units",
    )
    words = machine.run(*steps, status=1)
    assert "The site does not start: journalctl -u vtc -n 30 says why." in words
    assert "It stopped in this part: Service, backups, copies for the proxy" in words
    assert words.endswith("Run this again when the\ncause is gone: it goes on.\n")

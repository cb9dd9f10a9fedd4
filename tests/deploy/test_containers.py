"""Image and compose.yaml: what a step needs is there before it, what is mounted exists, no secret gets in."""

import re

import pytest
import yaml
from django.conf import settings

pytestmark = pytest.mark.once
DEPLOY = settings.BASE_DIR / "docs" / "deploy"
COMPOSE = DEPLOY / "compose"


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((COMPOSE / "compose.yaml").read_text())


def test_the_packages_are_installed_from_files_that_are_in_the_image():
    before, _, _ = (DEPLOY / "Containerfile").read_text().partition("RUN .ci/set-up-environment")
    script = (settings.BASE_DIR / ".ci" / "set-up-environment").read_text()
    needed = {"requirements.txt", *re.findall(r"-r (requirements\S*\.txt)", script)}
    assert len(needed) == 2
    assert needed <= set(re.findall(r"^COPY (.*) \./$", before, re.MULTILINE)[0].split())


def test_no_file_of_this_machine_gets_into_the_image():
    """What git leaves out of this folder are settings, password and certificate."""
    left_out = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()
    assert {".env", "var", "docs/deploy/compose"} <= set(left_out)
    secret = (COMPOSE / ".gitignore").read_text().split()
    assert {"vtc.env", "database_password", "certificates/"} <= set(secret)


def test_every_file_that_is_mounted_is_there(compose):
    sources = [
        mount.split(":")[0]
        for service in compose["services"].values()
        for mount in service.get("volumes", [])
        if mount.startswith(".")
    ]
    assert len(sources) > 8
    made_by_the_operator = {"./certificates", "./acme"}
    assert {name for name in sources if not (COMPOSE / name).exists()} <= made_by_the_operator


def test_nginx_gets_every_file_that_its_configuration_names(compose):
    mounts = dict(mount.split(":")[:2] for mount in compose["services"]["nginx"]["volumes"])
    there = {target: COMPOSE / source for source, target in mounts.items()}
    texts = [path.read_text() for path in there.values() if path.is_file()]
    included = {name for text in texts for name in re.findall(r"include (/etc/nginx/vtc/\S+?\.conf)", text)}
    missing = [name for name in included if name not in there and "/local/" not in name]
    assert len(included) > 5 and missing == []
    pages = {f"/etc/nginx/vtc/pages/{page.name}" for page in DEPLOY.glob("*.html")}
    assert pages <= there.keys()


def test_no_container_sees_the_folder_with_the_settings(compose):
    for service in compose["services"].values():
        assert not {"..", "."} & {mount.split(":")[0] for mount in service.get("volumes", [])}


def test_a_file_is_named_so_that_every_engine_looks_for_it_here(compose):
    """Without ./ podman-compose takes it for the name of a volume."""
    assert compose["secrets"]["database_password"]["file"].startswith("./")

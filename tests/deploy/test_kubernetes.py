"""``deploy/k8s`` is what Kubernetes and the operators take, is confined, and says what the services, the plan and Kafka's rights say."""

import json
import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from contracts.messages import both
from contracts.rights import SERVICES, Principal, mirrored, rights_of
from contracts.topics import topic_name
from liandong.generated.alerts import GUIDE, WATCHED, checks_of
from liandong.generated.strimzi import OVERLAYS as NODES
from liandong.local.kafka import broker_settings
from liandong.node import PROGRAMS, environment
from shared.contract_files import load_topics
from shared.plan_folder import load_plan
from shared.provisioning.settings import ProvisioningSettings
from tests.deploy.kubernetes import (
    MANIFESTS,
    OVERLAYS,
    ROOT,
    Resource,
    as_file,
    generated,
    hash_of_rendered,
    kustomize,
    made_of,
    render,
    rendered,
)

KUBERNETES = "1.34"
CRDS = Path(__file__).with_name("crds")
TYPES = {
    "kafka.strimzi.io/v1": "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1",
    "postgresql.cnpg.io/v1": "@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1",
    "monitoring.coreos.com/v1": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
}
every_overlay = pytest.mark.parametrize("overlay", OVERLAYS)
of_nodes = pytest.mark.parametrize(("overlay", "node"), NODES.items())


def all_of(overlay: str, *kinds: str) -> list[Resource]:
    found = [*rendered(overlay), *generated(overlay)]
    return [one for one in found if one["kind"] in kinds] if kinds else found


def named(overlay: str, kind: str, name: str) -> Resource:
    (found,) = (one for one in all_of(overlay, kind) if one["metadata"]["name"] == name)
    return found


def pods(overlay: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, specification) of every pod that we define."""
    for one in all_of(overlay, "Deployment", "Job"):
        yield one["metadata"]["name"], one["spec"]["template"]["spec"]


@every_overlay
def test_the_kept_renderings_are_made_of_the_files_that_stand(overlay):
    assert hash_of_rendered(overlay) == made_of(overlay), "python -m tests.deploy.kubernetes"


@every_overlay
@pytest.mark.skipif(not kustomize(), reason="no kustomize and no kubectl on this machine")
def test_what_kustomize_makes_is_what_is_kept(overlay):
    assert list(yaml.safe_load_all(as_file(overlay, render(overlay)))) == rendered(overlay)


@every_overlay
def test_kubernetes_takes_every_resource_of_its_own_strictly(overlay):
    own = [one for one in all_of(overlay) if one["apiVersion"] not in TYPES]
    assert len(own) > 20
    for one in own:
        kubernetes_validate.validate(one, KUBERNETES, strict=True)


def test_a_misspelt_field_is_found():
    wrong = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {"prots": []}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)


def type_errors(resources: list[Resource], folder: Path) -> str:
    """What TypeScript says of resources as values of the operators' own types: unknown fields are errors there."""
    lines = []
    for number, one in enumerate(resources):
        imported = f"import type {{ I{one['kind']} as T{number} }} from '{TYPES[one['apiVersion']]}';"
        lines += [imported, f"export const r{number}: T{number} = {json.dumps(one)};"]
    (folder / "resources.ts").write_text("\n".join(lines), encoding="utf-8")
    (folder / "node_modules").symlink_to(CRDS / "node_modules")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    compiler = CRDS / "node_modules" / "typescript" / "bin" / "tsc"
    options = [
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--module",
        "nodenext",
        "--moduleResolution",
        "nodenext",
    ]
    command = [*PROGRAMS["node"], str(compiler), *options, "resources.ts"]
    return subprocess.run(
        command, cwd=folder, env=environment(), check=False, capture_output=True, text=True
    ).stdout


@every_overlay
def test_the_operators_take_every_resource_of_theirs(overlay, tmp_path):
    theirs = [one for one in all_of(overlay) if one["apiVersion"] in TYPES]
    assert type_errors(theirs, tmp_path) == ""


def test_a_misspelt_field_of_an_operator_is_found(tmp_path):
    wrong = {
        "apiVersion": "kafka.strimzi.io/v1",
        "kind": "KafkaTopic",
        "metadata": {"name": "x"},
        "spec": {"partition": 1},
    }
    assert "partition" in type_errors([wrong], tmp_path)


@every_overlay
def test_every_pod_of_ours_is_confined(overlay):
    for name, pod in pods(overlay):
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["enableServiceLinks"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] > 0, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert not {"hostNetwork", "hostPID", "hostIPC", "hostUsers"} & set(pod), name
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, name
            assert set(container["resources"]) == {"requests", "limits"}, name
            assert (
                "memory" in container["resources"]["limits"] and "cpu" not in container["resources"]["limits"]
            ), name


@every_overlay
def test_no_secret_stands_in_a_manifest(overlay):
    assert not all_of(overlay, "Secret")
    for name, pod in pods(overlay):
        for container in pod["containers"]:
            for one in container.get("env", []):
                if re.search("PASSWORD$|SECRET|TOKEN", one["name"]):
                    assert "secretKeyRef" in one["valueFrom"], (name, one["name"])
    for config in all_of(overlay, "ConfigMap"):
        assert not any(re.search("PASSWORD$|SECRET|TOKEN", key) for key in config["data"])


@every_overlay
def test_a_service_that_changes_stays_reachable(overlay):
    for one in services_of(overlay):
        name = one["metadata"]["labels"]["app.kubernetes.io/name"]
        probes = one["spec"]["template"]["spec"]["containers"][0]
        assert one["spec"]["strategy"] == {"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
        assert probes["readinessProbe"]["httpGet"]["path"] == "/health/accepting", name
        assert (
            probes["livenessProbe"]["httpGet"]["path"]
            == probes["startupProbe"]["httpGet"]["path"]
            == "/health/live"
        )
        assert (
            probes["lifecycle"]["preStop"]["sleep"]["seconds"]
            < one["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
        )
        (budget,) = [
            two
            for two in all_of(overlay, "PodDisruptionBudget")
            if two["spec"]["selector"]["matchLabels"] == one["spec"]["selector"]["matchLabels"]
            and same_place(one, two)
        ]
        assert budget["spec"]["maxUnavailable"] == 1


def same_place(one: Resource, other: Resource) -> bool:
    return one["metadata"].get("namespace") == other["metadata"].get("namespace")


def services_of(overlay: str) -> list[Resource]:
    found = [
        one
        for one in all_of(overlay, "Deployment")
        if one["metadata"]["labels"].get("app.kubernetes.io/component") == "service"
    ]
    assert {one["metadata"]["name"] for one in found} == set(SERVICES)
    return found


def settings_of(overlay: str, one: Resource) -> dict[str, str]:
    """What a service's process is told, as far as the manifests say it."""
    container = one["spec"]["template"]["spec"]["containers"][0]
    (reference,) = (two["configMapRef"]["name"] for two in container["envFrom"])
    (config,) = (
        two
        for two in all_of(overlay, "ConfigMap")
        if two["metadata"]["name"] == reference and same_place(one, two)
    )
    told = dict(config["data"])
    for variable in container["env"]:
        value = variable.get("value", "secret")
        told[variable["name"]] = re.sub(r"\$\((\w+)\)", lambda found: told[found[1]], value)
    return told


@every_overlay
def test_services_understand_what_they_are_told(overlay, monkeypatch):
    for one in services_of(overlay):
        told = settings_of(overlay, one)
        service = one["metadata"]["name"]
        with monkeypatch.context() as patch:
            for name, value in told.items():
                patch.setenv(name, value)
            settings = getattr(import_module(f"services.{service}.settings"), f"{service.title()}Settings")()
        user = Principal(kind="service", node=settings.node, name=service).user(settings.mode)
        assert settings.kafka.username == user
        assert f"liandong_{settings.mode}_{settings.node}_{service}" in settings.database_url
        assert settings.node in one["metadata"]["namespace"]
        assert load_plan(ROOT / settings.plan_dir).jurisdictions[settings.node]
        known = {name.upper() for name in type(settings).model_fields}
        ours = {
            "SERVICE",
            "KAFKA_NAMES",
            "DATABASE_PASSWORD",
            "DATABASE_PLACE",
            "DATABASE_OPTIONS",
            "CONSOLE_URL",
            "OIDC_CLIENT_SECRET",
        }
        assert set(told) <= known | ours


@of_nodes
def test_strimzi_gives_each_service_the_rights_of_the_contracts(overlay, node):
    users = {one["metadata"]["name"]: one for one in all_of(overlay, "KafkaUser")}
    topics = {one["metadata"]["name"] for one in all_of(overlay, "KafkaTopic")}
    plan = load_plan(ROOT / "plans" / "fushun")
    for service in SERVICES:
        principal = Principal(kind="service", node=node, name=service)
        acls = users[principal.user("live")]["spec"]["authorization"]["acls"]
        told = {
            (operation, acl["resource"]["type"], acl["resource"]["name"])
            for acl in acls
            for operation in acl["operations"]
            if operation != "Describe"
        }
        wanted = rights_of(principal, load_topics(), plan, "live")
        assert told == {(right.operation, right.resource, right.name) for right in wanted}
        assert {name for _, kind, name in told if kind == "topic"} <= topics
    assert not any(
        "prefix" in json.dumps(acl) and acl["resource"]["type"] == "topic"
        for one in users.values()
        for acl in one["spec"]["authorization"]["acls"]
    )


def test_mirrors_carry_what_the_rights_let_them(overlay="county", node="210404"):
    down, up = mirrored(node, load_topics(), load_plan(ROOT / "plans" / "fushun"), "live")
    everything = [
        topic_name(code, name, "live")
        for code in ("210400", node)
        for name, _ in load_topics().in_mode("live")
    ]
    for name, carried in (("downward", down), ("upward", up)):
        pattern = named(overlay, "KafkaMirrorMaker2", name)["spec"]["mirrors"][0]["topicsPattern"]
        assert {topic for topic in everything if re.fullmatch(pattern, topic)} == set(carried)


@of_nodes
def test_kafka_is_told_what_three_local_brokers_are_told(overlay, node):
    told = named(overlay, "Kafka", "kafka")["spec"]["kafka"]["config"]
    local = broker_settings(3)
    assert {name: str(value).lower() for name, value in told.items()} == {
        name: str(local[name]) for name in told
    }
    assert {"min.insync.replicas", "auto.create.topics.enable", "default.replication.factor"} <= set(told)


@of_nodes
def test_every_service_has_a_database_and_a_role_of_its_own(overlay, node):
    databases = {one["spec"]["name"]: one["spec"]["owner"] for one in all_of(overlay, "Database")}
    assert databases == {
        f"liandong_live_{node}_{service}": f"liandong_live_{node}_{service}" for service in SERVICES
    }
    roles = named(overlay, "Cluster", "postgres")["spec"]["managed"]["roles"]
    assert {one["name"] for one in roles} == set(databases)


def test_whatever_the_guide_lists_as_a_check_has_its_alert_and_its_words():
    rules = yaml.safe_load((MANIFESTS / "components/monitoring/rules.yaml").read_text(encoding="utf-8"))
    alerts = {one["alert"] for one in rules["spec"]["groups"][0]["rules"]}
    checks = checks_of((ROOT / GUIDE).read_text(encoding="utf-8"))
    assert len(checks) >= 12 and all(both(f"health.{check}") for check in checks)
    assert len(alerts) == len(checks) + len(WATCHED)


def test_rules_and_dashboard_ask_only_for_what_services_tell():
    source = "".join(
        (ROOT / path).read_text(encoding="utf-8")
        for path in ("shared/service_metrics.py", "shared/telemetry.py")
    )
    told = re.findall(r'"((?:outbox|inbox|consumer|ticks|health|http)_\w+)"', source)
    dashboard = (MANIFESTS / "components/monitoring/dashboard.json").read_text(encoding="utf-8")
    rules = (MANIFESTS / "components/monitoring/rules.yaml").read_text(encoding="utf-8")
    asked = set(
        re.findall(
            r"\b((?:outbox|inbox|consumer|ticks|health|http)_\w+)[{)\[]",
            json.dumps(json.loads(dashboard)) + rules,
        )
    )
    names = {*told, *(f"{name}_total" for name in told), *(f"{name}_bucket" for name in told)}
    assert asked and asked <= names


def test_provisioning_is_told_only_what_its_settings_read():
    job = yaml.safe_load((MANIFESTS / "base" / "provisioning.yaml").read_text(encoding="utf-8"))
    told = {one["name"] for one in job["spec"]["template"]["spec"]["containers"][0]["env"]}
    assert told <= {name.upper() for name in ProvisioningSettings.model_fields}


@every_overlay
def test_all_traffic_is_denied_but_what_is_listed(overlay):
    denied = [one for one in all_of(overlay, "NetworkPolicy") if one["metadata"]["name"] == "default-deny"]
    assert denied and all(
        one["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} for one in denied
    )


def test_live_data_is_not_buffered_on_its_way():
    ingress = named("city", "Ingress", "liandong")
    assert ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-buffering"] == "off"
    (rule,) = ingress["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    assert (path["path"], path["backend"]["service"]["name"]) == ("/", "incident")

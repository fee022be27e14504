"""The plan on disk is sound, its places lie where it says, and the demo's counties can help each other."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from contracts.facts import Facts
from contracts.plan import agenda, check, references, unconfirmed, unsourced
from contracts.plan.jurisdiction import PlaceKind
from contracts.plan.sector import EventClass
from contracts.values import Grade, ResponseLevel
from shared.geo import Boundary, Whereabouts
from shared.plan_folder import load_plan

PLAN = load_plan(Path(__file__).parents[1])
WELL_INSIDE_M = 500
KINDS = ("teams", "depots", "shelters", "hazard_sources")
SITES = [
    (key, entry.jurisdiction, getattr(entry, "home", None) or entry.place)
    for kind in KINDS
    for key, entry in getattr(PLAN.seed, kind).items()
]
DEMO_NODES = ("210400", "210404", "210421")
LEAK = ("hazardous_chemicals", "12D02")


def able(*nodes: str) -> Counter[str]:
    """How many seeded teams of these nodes have each capability."""
    return Counter(
        capability
        for team in PLAN.seed.teams.values()
        if team.jurisdiction in nodes
        for capability in PLAN.team_kinds[team.kind].capabilities
    )


def wanted(card) -> Counter[str]:
    return Counter({slot.capability: slot.count for slot in card.slots})


def test_every_reference_resolves_and_every_entry_is_vouched_for():
    assert check(PLAN) == []
    assert list(unsourced(PLAN)) == []
    assert sum(1 for _ in references(PLAN)) > 1000


@pytest.mark.parametrize(("key", "code", "place"), SITES, ids=[key for key, *_ in SITES])
def test_every_site_lies_well_inside_its_jurisdiction(key, code, place):
    assert Boundary(PLAN.boundaries[code]).locate(place.lon, place.lat, WELL_INSIDE_M) is Whereabouts.INSIDE


@pytest.mark.parametrize("node", PLAN.jurisdictions)
def test_every_node_has_something_of_everything(node):
    for kind in KINDS:
        assert [key for key, entry in getattr(PLAN.seed, kind).items() if entry.jurisdiction == node]
    assert able(node).keys() >= {"fire_fighting", "hazmat", "rescue", "medical", "cordon"}
    assert any(depot.stock for depot in PLAN.seed.depots.values() if depot.jurisdiction == node)


@pytest.mark.parametrize(
    ("code", "sector"),
    [
        ("14F00", "social_security"),
        ("13A02", "epidemic"),
        ("11B04", "weather"),
        ("12P07", "water_works"),
        ("12J02", "fishing_boats"),
        ("12Q05", "environment"),
    ],
)
def test_what_can_happen_has_its_sector(code, sector):
    assert code in PLAN.sectors[sector].event_types
    assert PLAN.event_name(code) != code


def test_gas_water_and_heat_are_sectors_of_their_own_and_a_forest_fire_has_its_own_teams():
    assert {"gas", "water_supply", "heating", "power_grid"} <= PLAN.sectors.keys()
    _, card = PLAN.run_card("forest_fire", "11G01", Grade.GENERAL)
    assert "forest_fire_fighting" in wanted(card)
    assert PLAN.team_kinds["forest_fire"].source.startswith("森林防火条例 第三十五条")
    assert {sector.event_class for sector in PLAN.sectors.values()} == set(get_args(EventClass))


def test_every_kind_of_place_below_the_county_stands_in_the_plan_as_an_example():
    assert {place.kind for place in PLAN.places.values()} == set(get_args(PlaceKind))
    assert all(place.to_confirm for place in PLAN.places.values())


def test_nothing_of_the_seed_and_no_number_of_force_pretends_to_be_confirmed():
    open_entries = set(unconfirmed(PLAN))
    for kind in (*KINDS, "items", "experts"):
        assert {f"seed.{kind}.{key}" for key in getattr(PLAN.seed, kind)} <= open_entries
    assert {f"run_cards.{slug}" for slug in PLAN.run_cards} <= open_entries
    assert {f"grades.{grade}" for grade in PLAN.grades} <= open_entries
    assert {"travel.speed_kmh", "timers.acknowledge_seconds", "warnings.valid_hours"} <= open_entries
    assert {"grading.power_outage", "grading.by_analogy", "alarm_scales.fire"} <= open_entries


def test_the_law_s_own_numbers_need_no_confirmation():
    assert not {"grading.work_safety", "reporting_duties.unit_report"} & set(unconfirmed(PLAN))


@pytest.mark.parametrize("node", DEMO_NODES[1:])
def test_each_county_can_answer_a_small_leak_alone(node):
    _, card = PLAN.run_card(*LEAK, Grade.GENERAL)
    assert wanted(card) <= able(node)


def test_a_graver_leak_in_wanghua_is_answered_partly_and_fushunxian_can_cover_the_rest():
    _, card = PLAN.run_card(*LEAK, Grade.SIGNIFICANT)
    short = wanted(card) - able("210404")
    assert short["hazmat"] == 2
    assert short <= able("210421")
    assert all(able("210404")[capability] for capability in wanted(card))


@pytest.mark.parametrize("slug", PLAN.run_cards)
def test_city_and_counties_together_can_fill_every_run_card(slug):
    assert wanted(PLAN.run_cards[slug]) <= able(*DEMO_NODES)


def test_an_alarm_asks_for_more_at_every_level():
    levels = [PLAN.run_card("fire", "12G01", Grade.GENERAL, level) for level in range(1, 6)]
    assert all(levels)
    assert len({slug for slug, _ in levels}) == len(levels)


def test_a_leak_gets_a_warning_drafted_at_once():
    assert PLAN.auto_draft(*LEAK, Grade.GENERAL) is not None
    assert PLAN.auto_draft("fire", "12G01", Grade.GENERAL) is None


def test_a_consultation_of_a_graver_incident_invites_more():
    few = PLAN.invitees("hazardous_chemicals", Grade.GENERAL)
    many = PLAN.invitees("hazardous_chemicals", Grade.MAJOR)
    assert set(few) < set(many)


def test_lead_levels_do_not_cite_the_article_about_several_regions():
    assert not [name.lead_article for name in PLAN.grades.values() if "第十八条" in name.lead_article]


def test_a_county_hands_significant_incidents_on_and_the_city_major_ones():
    assert not PLAN.lead_is_above(Grade.GENERAL, "210404")
    assert PLAN.lead_is_above(Grade.SIGNIFICANT, "210404")
    assert not PLAN.lead_is_above(Grade.SIGNIFICANT, "210400")
    assert PLAN.lead_is_above(Grade.MAJOR, "210400")


PRODUCTION, PRIVATE = Facts(in_production=True), Facts(in_production=False)


def owed(node: str, sector: str, facts: Facts = PRIVATE, grade: Grade = Grade.GENERAL):
    return PLAN.duties(node, sector, facts, grade)


def names(duty, kind: str, grade: Grade = Grade.GENERAL, sector: str = "coal_mine") -> list[str]:
    departments = PLAN.competent_departments(sector)
    return [one.name(grade, departments) for one in duty.recipients if one.kind == kind]


def test_a_unit_reports_within_1_hour_and_each_level_within_2():
    """条例 第九条: 单位负责人接到报告后，应当于1小时内; 第十一条: 每级上报的时间不得超过2小时."""
    limits = {slug: duty.limit for slug, duty in PLAN.reporting_duties.items()}
    assert [limits[slug].minutes for slug in ("unit_report", "county_report_up", "city_report_up")] == [
        60,
        120,
        120,
    ]
    assert not any(limits[slug].at_once for slug in ("unit_report", "county_report_up", "city_report_up"))


@pytest.mark.parametrize("sector", PLAN.sectors)
@pytest.mark.parametrize("facts", [PRIVATE, PRODUCTION])
def test_493_holds_for_accidents_of_production_only_and_else_it_is_at_once(sector, facts):
    """条例 第二条: 生产经营活动中发生的; 突发事件应对法 第十七条: 并立即向上一级人民政府报告."""
    duties, production = owed("210404", sector, facts), PLAN.is_production(sector, facts)
    articles = " ".join(duty.article for duty in duties.values())
    assert ("生产安全事故报告和调查处理条例" in articles) is production
    assert ("突发事件应对法 第十七条" in articles) is not production
    if not production:
        assert all(duty.limit.at_once for duty in duties.values())


def test_2_hours_hold_for_going_up_only_and_the_own_government_hears_at_the_same_time():
    """条例 第十条: 应当同时报告本级人民政府，并通知公安机关、劳动保障行政部门、工会和人民检察院."""
    duties = owed("210404", "coal_mine", PRODUCTION)
    up, own = duties["county_report_up"], duties["county_report_own"]
    assert {one.kind for one in up.recipients} == {"next_level", "competent_department"}
    assert own.limit.at_once and not up.limit.at_once
    assert names(own, "own_government") == ["县级人民政府"]
    assert names(own, "notified") == ["公安机关", "人力资源社会保障部门", "工会", "人民检察院"]
    assert names(up, "competent_department") == ["市级主管部门（矿山安全监察、应急管理）"]


@pytest.mark.parametrize(
    ("grade", "county", "city"),
    [
        (Grade.GENERAL, "抚顺市应急管理局", None),
        (Grade.SIGNIFICANT, "抚顺市应急管理局（逐级报省）", "辽宁省应急管理厅"),
        (Grade.MAJOR, "抚顺市应急管理局（逐级报国务院有关部门）", "辽宁省应急管理厅（逐级报国务院有关部门）"),
        (
            Grade.CATASTROPHIC,
            "抚顺市应急管理局（逐级报国务院有关部门）",
            "辽宁省应急管理厅（逐级报国务院有关部门）",
        ),
    ],
)
def test_how_far_up_a_report_goes_is_the_grade_s(grade, county, city):
    """条例 第十条: 一般事故上报至设区的市级, 较大事故逐级上报至省, 重大、特别重大逐级上报至国务院有关部门."""
    assert names(owed("210404", "coal_mine", PRODUCTION, grade)["county_report_up"], "next_level", grade) == [
        county
    ]
    upward = owed("210400", "coal_mine", PRODUCTION, grade).get("city_report_up")
    assert (names(upward, "next_level", grade) if upward else None) == ([city] if city else None)


def test_power_is_reported_at_once_and_to_the_regulator():
    """电力安全事故应急处置和调查处理条例 第八条: 应当立即向…电力监管机构、…安全生产监督管理部门报告."""
    duties = owed("210404", "power_grid")
    assert "unit_report" not in duties
    power = duties["unit_report_power"]
    assert (power.limit.at_once, power.starts_at, power.owner) == (True, "occurred", "电力企业负责人")
    assert names(power, "regulator") and names(power, "emergency_department") == ["县级以上应急管理部门"]


def test_grave_events_have_one_clock_by_phone_and_one_in_writing_from_when_they_happened():
    """国务院应急办 2015-07-31: 力争30分钟内向国务院总值班室电话报告、1小时内书面报告."""
    for sector in ("coal_mine", "earthquake"):
        grave = owed("210400", sector, PRODUCTION, Grade.MAJOR)
        below = owed("210400", sector, PRODUCTION, Grade.SIGNIFICANT)
        urgent = {slug: duty for slug, duty in grave.items() if slug not in below}
        assert {slug: duty.limit.minutes for slug, duty in urgent.items()} == {
            "urgent_phone": 30,
            "urgent_written": 60,
        }
        assert all(duty.starts_at == "occurred" for duty in urgent.values())
        assert all(names(duty, "state_council") == ["国务院总值班室"] for duty in urgent.values())
    county = owed("210404", "coal_mine", PRODUCTION, Grade.CATASTROPHIC)
    assert not {"urgent_phone", "urgent_written"} & county.keys()


def test_the_tree_knows_above_and_below():
    assert PLAN.root == PLAN.parent("210404") == "210400"
    assert "210421" in PLAN.children("210400")
    assert PLAN.is_within("210404", "210400")
    assert not PLAN.is_within("210400", "210404")
    assert not PLAN.is_within("999999", "210400")
    assert "210424" not in PLAN.jurisdictions


ITEMS_OF_73 = [
    f"突发事件应对法 第七十三条第{n}项"
    for n in ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"]
]
LEVELS = list(ResponseLevel)


def test_all_eleven_measures_of_article_73_are_offered():
    """突发事件应对法 第七十三条: 采取下列一项或者多项应急处置措施."""
    sources = {one.source for one in PLAN.responses.measures(ResponseLevel.I, "accident")}
    assert set(ITEMS_OF_73) <= sources


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(LEVELS)))
@pytest.mark.parametrize("event_class", get_args(EventClass))
def test_a_higher_level_has_every_measure_of_the_levels_below(lower, higher, event_class):
    below, above = (PLAN.responses.measures(level, event_class) for level in (lower, higher))
    assert above[: len(below)] == below
    assert len(above) > len(below)


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_reports_upward_and_has_a_command_post_only_if_necessary(level):
    """突发事件应对法 第七十二条: 并向上级人民政府报告；必要时，可以设立现场指挥部."""
    texts = [one.text for one in PLAN.responses.measures(level, "natural_disaster")]
    assert any("向上级人民政府报告" in text for text in texts)
    assert [text for text in texts if "现场指挥部" in text] == [
        text for text in texts if text.startswith("必要时设立现场指挥部")
    ]


def test_events_of_social_security_have_the_measures_of_article_74_and_no_others_those():
    """突发事件应对法 第七十四条: 社会安全事件发生后."""
    unrest, accident = (
        {one.source for one in PLAN.responses.measures(ResponseLevel.I, event_class)}
        for event_class in ("social_security", "accident")
    )
    assert any("第七十四条" in source for source in unrest)
    assert not any("第七十四条" in source for source in accident)
    assert not set(ITEMS_OF_73) & unrest


def test_every_measure_cites_a_law_and_none_the_old_plan_of_the_city():
    measures = [one for rule in PLAN.responses.levels.values() for one in rule.measures]
    assert all(one.source.startswith(("突发事件应对法 第", "生产安全事故应急条例 第")) for one in measures)
    assert not [one.text for one in measures if "市委" in one.text]


def test_the_grade_calls_for_the_level_and_the_city_has_to_confirm_it():
    """突发事件应对法 第七十一条: 应当在突发事件应急预案中确定应急响应级别."""
    assert dict(PLAN.responses.criteria.levels) == dict(zip(Grade, LEVELS, strict=True))
    assert "responses.criteria" in set(unconfirmed(PLAN))


def test_who_starts_a_level_depends_on_the_level_of_government():
    approvers = {level: set(rule.approvers) for level, rule in PLAN.responses.levels.items()}
    assert approvers == {"IV": {"county", "city"}, "III": {"county", "city"}, "II": {"city"}, "I": {"city"}}


@pytest.mark.parametrize("sector", PLAN.sectors)
@pytest.mark.parametrize("grade", Grade)
def test_every_sector_and_grade_has_departments_to_consult_and_the_city_confirms_them(sector, grade):
    """突发事件应对法 第六十二条: 必要时组织相关部门…进行会商."""
    assert len(PLAN.invitees(sector, grade)) > len(
        PLAN.invitees(sector, below(grade)) if below(grade) else ()
    )
    assert PLAN.consultations.matrix[sector].to_confirm
    assert PLAN.consultations.chairs[grade].to_confirm


def below(grade: Grade) -> Grade | None:
    return None if grade is Grade.GENERAL else list(Grade)[grade.rank - 1]


@pytest.mark.parametrize(
    ("sector", "departments"),
    [
        (
            "hazardous_chemicals",
            {"transport", "emergency_management", "ecology", "public_security", "health"},
        ),
        ("coal_mine", {"health", "public_security", "mine_safety"}),
        ("non_coal_mine", {"health", "public_security", "mine_safety"}),
        ("gas", {"emergency_management", "fire_rescue", "public_security", "health"}),
        ("road_traffic", {"fire_rescue"}),
        ("earthquake", {"fire_rescue"}),
        ("flood_drought", {"power_supply", "telecom"}),
        ("forest_fire", {"forestry"}),
        ("power_grid", {"development_reform", "energy_regulator"}),
    ],
)
def test_who_must_be_there_from_the_lowest_grade_on(sector, departments):
    """危险化学品安全管理条例 第七十二条 (安监、环保、公安、卫生、交通运输), and who cannot be missing."""
    assert departments <= set(PLAN.invitees(sector, Grade.GENERAL))


def test_a_warning_states_what_article_64_asks_for_and_is_told_to_whom_it_says():
    """突发事件应对法 第六十四条: 预警类别、级别、起始时间、可能影响的范围、警示事项、应当采取的措施、发布单位和发布时间."""
    required = PLAN.warnings.required
    assert required.article == "突发事件应对法 第六十四条"
    assert len(required.statements) == 8
    assert {one.kind for one in PLAN.warnings.recipients} == {"next_level", "garrison", "neighbours"}


def test_the_lower_levels_offer_five_measures_and_the_higher_eight_more():
    """突发事件应对法 第六十六条（五项）、第六十七条（除第六十六条规定的措施外，还应当采取下列一项或者多项）."""
    counts = {level: len(rule.measures) for level, rule in PLAN.warnings.levels.items()}
    assert counts == {"blue": 5, "yellow": 5, "orange": 13, "red": 13}


def test_the_weather_service_alone_warns_of_weather_and_nobody_here_of_earthquakes_to_come():
    """气象灾害防御条例 第三十条: 其他组织和个人不得向社会发布灾害性天气警报和气象灾害预警信号."""
    weather, quake = (PLAN.warnings.issuer(code) for code in ("11B04", "11C02"))
    assert (weather.reserved, weather.department) == (True, "meteorology")
    assert (quake.reserved, quake.department, quake.to_confirm) == (True, None, True)
    assert PLAN.warnings.issuer("12D02") is None


def test_no_criterion_of_a_warning_pretends_to_be_the_city_s():
    """突发事件应对法 第六十三条: 预警级别的划分标准由国务院或者国务院确定的部门制定."""
    assert all(criteria.to_confirm for criteria in PLAN.warnings.criteria.values())
    assert set(PLAN.warnings.criteria["weather"].levels) == {"blue", "yellow", "orange", "red"}


def test_every_open_entry_has_departments_of_the_plan_that_confirm_it():
    items = agenda(PLAN)
    assert [item.path for item in items] == list(unconfirmed(PLAN))
    assert all(item.departments and set(item.departments) <= PLAN.departments.keys() for item in items)
    by_path = {item.path: item for item in items}
    assert by_path["consultations.matrix.forest_fire"].departments == (
        "emergency_management",
        "forestry",
    )
    assert "market_regulation" in by_path["grading.special_equipment"].departments
    assert by_path["travel.speed_kmh"].value == "40"

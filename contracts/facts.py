"""What is known of an incident in figures: what grading, alarm levels and duties look at."""

from typing import Annotated, get_args

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from contracts.values import Slug, Value

Count = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
"""A number of people or things; a whole number, never negative."""
Hours = Annotated[float, Field(ge=0, le=24 * 366, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Megawatts = Annotated[float, Field(ge=0, le=10**6, allow_inf_nan=False)]
Flag = Annotated[bool, Field(strict=True)]


class Facts(Value):
    """What grading looks at; ``None`` means unknown, which never counts as zero or as no.

    Units: people, yuan (元), hectares (公顷), hours, per cent, megawatts.
    """

    deaths: Count | None = None
    missing: Count | None = None
    serious_injuries: Count | None = Field(
        default=None, description="重伤, acute poisoning (急性工业中毒) included"
    )
    trapped: Count | None = None
    direct_loss_yuan: Annotated[int, Field(ge=0, le=10**15, strict=True)] | None = None
    burnt_area_ha: Annotated[float, Field(ge=0, le=10**7, allow_inf_nan=False)] | None = None
    in_production: Flag | None = Field(
        default=None, description="生产经营活动中发生; 生产安全事故报告和调查处理条例 art. 2"
    )
    people_moved: Count | None = Field(default=None, description="紧急转移、疏散, people")
    passenger_cars_derailed: Count | None = Field(default=None, description="客运列车脱轨, cars")
    freight_cars_derailed: Count | None = Field(default=None, description="货运列车脱轨, cars")
    main_line_blocked_hours: Hours | None = Field(default=None, description="繁忙干线中断行车")
    other_line_blocked_hours: Hours | None = Field(default=None, description="其他线路中断行车")
    people_held: Count | None = Field(default=None, description="滞留 (aloft or in a lift), people")
    held_hours: Hours | None = Field(default=None, description="滞留时间")
    exploded: Flag | None = Field(default=None, description="锅炉、压力容器、压力管道爆炸")
    boiler_mw: Megawatts | None = Field(default=None, description="power of the boiler's unit, 锅炉机组容量")
    boiler_out_hours: Hours | None = Field(default=None, description="锅炉因故障中断运行")
    crane_overturned: Flag | None = Field(default=None, description="起重机械整体倾覆")
    crane_member_broken: Flag | None = Field(
        default=None, description="起重机械主要受力结构件折断或者起升机构坠落"
    )
    city_intake_stopped: Flag | None = Field(default=None, description="设区的市级饮用水水源地取水中断")
    county_intake_stopped: Flag | None = Field(default=None, description="县级饮用水水源地取水中断")
    grid_load_mw: Megawatts | None = Field(default=None, description="电网负荷 at the start of the accident")
    load_lost_percent: Percent | None = Field(default=None, description="减供负荷, share of the grid's load")
    users_out_percent: Percent | None = Field(default=None, description="停电用户, share of all users")


def _known_fact(name: str) -> str:
    if name not in Facts.model_fields:
        raise PydanticCustomError("unknown_fact", "there is no fact '{fact}'", {"fact": name})
    return name


FactName = Annotated[Slug, AfterValidator(_known_fact)]
"""The name of one of the facts."""


def is_count(fact: str) -> bool:
    """Whether a fact is a number of people or things."""
    return Count in get_args(Facts.model_fields[fact].annotation)


def is_flag(fact: str) -> bool:
    """Whether a fact is yes or no, not a number."""
    return Flag in get_args(Facts.model_fields[fact].annotation)

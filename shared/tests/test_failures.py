"""What went wrong is told with its place and its rule, never with what people typed."""

import pytest
from pydantic import BaseModel

from shared.failures import contain_failure, reason_of, traceback_told

PERSONAL = "张三"


class Person(BaseModel):
    age: int


def failure_of(work) -> tuple:
    with pytest.raises(Exception) as raised:
        work()
    return raised.type, raised.value, raised.tb


def test_a_validation_tells_field_and_rule():
    _, error, _ = failure_of(lambda: Person.model_validate({"age": PERSONAL}))
    assert reason_of(error) == "ValidationError(Person: age: int_parsing)"


def test_another_exception_is_told_as_it_is():
    assert reason_of(ZeroDivisionError("oops")) == "ZeroDivisionError('oops')"


def test_a_traceback_goes_back_to_the_first_cause():
    def fails() -> None:
        try:
            Person.model_validate({"age": PERSONAL})
        except ValueError as error:
            raise KeyError("second") from error

    text = traceback_told(failure_of(fails))
    assert text.index("int_parsing") < text.index("KeyError('second')")
    assert "in fails" in text and PERSONAL not in text


@pytest.mark.servers
@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("INSERT INTO note VALUES (:x), (:x)", "IntegrityError(23505 duplicate key value violates"),
        (
            "INSERT INTO effect (subject, event_id) VALUES (:x, gen_random_uuid())",
            "IntegrityError(23502 null value",
        ),
        ("SELECT CAST(:x AS integer)", "DataError(22P02)"),
        ("SELECT :x FROM nowhere", "ProgrammingError(42P01 relation"),
    ],
)
async def test_a_database_error_tells_its_code_and_rule_and_no_value(world, statement, expected):
    with pytest.raises(Exception) as raised:
        await world.execute(statement, x=PERSONAL)
    assert reason_of(raised.value).startswith(expected)
    told_whole = traceback_told((raised.type, raised.value, raised.tb))
    assert expected in told_whole and PERSONAL not in told_whole


@pytest.mark.servers
async def test_a_parked_record_does_not_say_in_its_reason_what_the_row_held(world):
    twice = "INSERT INTO note SELECT statement FROM effect UNION ALL SELECT statement FROM effect"
    world.script.stumbles[PERSONAL] += [twice] * 4
    await world.consume(world.record(statement=PERSONAL))
    ((kind, reason),) = await world.parked()
    assert (kind, PERSONAL in reason) == ("failed", False)
    announced = (await world.rows("SELECT body FROM outbox"))[0].body
    assert "23505" in announced and PERSONAL not in announced


async def fails_with(error: Exception) -> str:
    raise error


async def test_an_unforeseen_failure_is_contained_and_told_and_a_foreseen_one_goes_on():
    assert (
        await contain_failure(fails_with(ZeroDivisionError("oops")), str.upper) == "ZERODIVISIONERROR('OOPS')"
    )
    with pytest.raises(KeyError):
        await contain_failure(fails_with(KeyError("x")), str.upper, (KeyError,))

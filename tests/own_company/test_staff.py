"""A staff list is read to its people, or says what it leaves open."""

import pytest

from orgsim.errors import ScenarioError
from orgsim.own_company.reading import StaffReading
from orgsim.own_company.saying import said
from orgsim.own_company.staff import read_staff

FRENCH = """Liste du personnel au 1er janvier
Matricule;Nom;Service;Poste;ETP;Coût horaire chargé (€);Responsable
00001;Ada;Marketing;Chef;1,00;60,50;00001
00002;Bob;Marketing;Gestionnaire;0,80;45,25;00001
00003;Cléo;DSI;Gestionnaire;1,00;;1
00004;Dan;;Gestionnaire;1,00;40,00;00001
00005;Eve;DSI;Gestionnaire;0,00;40,00;00001
00002;Bob;DSI;Gestionnaire;1,00;40,00;00001
;Total;;;4,80;;
;;Total;;4,80;;
"""


@pytest.fixture
def read(tmp_path):
    def _read(text, **reading):
        path = tmp_path / "staff.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_staff(path, StaffReading(**reading))

    return _read


def test_people_posts_costs_and_managers(read):
    for content in (FRENCH, FRENCH.encode("cp1252"), FRENCH.encode("utf-16"), FRENCH.replace(";", "\t")):
        found = read(content)
        people = [(one.name, one.home, one.fte, one.cost, one.manager) for one in found.people]
        assert people == [
            ("Ada", "Marketing", 1.0, 60.5, None),
            ("Bob", "Marketing", 0.8, 45.25, 1),
            ("Cléo", "DSI", 1.0, None, None),  # "1" is not "00001"
        ]


def test_what_could_not_be_placed_is_told_with_line_and_reason(read):
    found = read(FRENCH)
    assert [(one.line, str(one.why)) for one in found.unplaced] == [
        (6, "has no unit"),
        (7, "works no part of a post"),
        (8, "stands in line 4 already"),
        (9, "has no unit"),
        (10, "is a total"),
    ]
    assert "Their manager is nobody, or several, in the list: 1, in lines 5." in map(str, found.notes)


def test_names_become_numbers_unless_they_are_kept(read):
    found = read(FRENCH)
    assert not {"Ada", "Bob", "Dan"} & set(str(found.told(keep_names=False)).replace("'", " ").split())
    assert [one["name"] for one in found.told(keep_names=True)["people"]] == ["Ada", "Bob", "Cléo"]


def test_an_english_export(read):
    text = "EmployeeNumber,Department,JobRole,MonthlyIncome,FTE\n"
    text += "1,Sales,Rep,5200,50%\n2,R&D,Engineer,5200,100%\n"
    found = read(text, on_top=0.5)
    # 5200 × 12 a year over 2080 hours is 30 an hour of a full post, half a post earns it in half the time
    assert [(one.home, one.fte, one.cost) for one in found.people] == [
        ("Sales", 0.5, pytest.approx(90.0)), ("R&D", 1.0, pytest.approx(45.0)),
    ]  # fmt: skip
    assert read(text, cost_of="post").people[0].cost == pytest.approx(30.0)
    assert [one.home for one in read(text, by="function").people] == ["Rep", "Engineer"]


@pytest.mark.parametrize(
    ("text", "reading", "message"),
    [
        ("a;b\n1;2\n", {}, "no line names columns that are known"),
        ("Service;Pôle\nA;B\n", {}, r"could say the unit \(1 'Service', 2 'Pôle'\).*--map unit="),
        ("Nom;Service\nA;\n", {}, "nobody in it can be placed"),
        ("Nom;ETP\nA;1\n", {}, "no column says the function"),
        ("Service;ETP\nA;35\n", {}, "line 2: 35 posts of one person.*--map full_post=35"),
        ("Service;ETP\nA;1,234\n", {}, "line 2: '1,234' could be 1.234 or 1234"),
        ("Service;ETP\nA;x1\n", {}, "line 2: 'x1' is no number"),
        ("Service;Salaire\nA;30000\n", {}, "column 'Salaire' does not say what the cost is for"),
        ("Service;Salaire horaire\nA;30000\n", {}, r"line 2: 30,000\.00 € for an hour is outside 0 to 1000"),
        ("Service;Coût horaire\nA;-3\n", {}, "is outside 0 to 1000"),
        ("Service,Nom\nA,B,C\n", {}, "line 2: has 3 cells where the table has 2"),
        ("Service;ETP\nA;1\n", {"unit": "x"}, "unit = 'x' is no column; its columns: Service, ETP"),
    ],
)  # fmt: skip
def test_what_a_list_leaves_open_is_said(read, text, reading, message):
    with pytest.raises(ScenarioError, match=message):
        read(text, **reading)


def test_a_full_post_is_what_a_person_says(read):
    found = read("Service;Temps de travail\nA;35\nA;28\n", full_post=35)
    assert [one.fte for one in found.people] == [1.0, 0.8]


def test_what_is_said_with_map():
    assert said(StaffReading, ["unit=Service", "header=3", "on_top=0.42"]) == StaffReading(
        unit="Service", header=3, on_top=0.42
    )
    for pair, message in (
        ("unit", "write it as name=value"), ("where.=x", "write it as name=value"),
        ("unot=x", "unot is no known field; did you mean unit"),
        ("on_top=9", "must be less than or equal to 3"),
        ("cost_per=week", "must be 'hour', 'month' or 'year'"), ("unit.a=x", "must be a valid string"),
    ):  # fmt: skip
        with pytest.raises(ScenarioError, match=message):
            said(StaffReading, [pair])

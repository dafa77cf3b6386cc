"""A small form on a birth, and what is said to it."""

from dataclasses import replace

from bot.deciding import decide
from bot.deciding.decisions import Decision
from bot.deciding.form_decisions import AskCircumstance
from bot.deciding.form_found import FoundForm, PressedForm, Step
from bot.deciding.found import Found
from bot.dialogue import Dialogue, Form
from bot.messages import Choices, Reply
from bot.parse import AskedField, Parse
from knowledge.procedure import Circumstance, Paper
from knowledge.tables import Condition, Option, Question, Rule, Table, Without
from tests.support.builders import a_procedure

BIRTH = a_procedure(
    "Đăng ký khai sinh",
    code="1.001193",
    ours=True,
    circumstances=(
        Circumstance("", (Paper("Giấy chứng sinh"), Paper("Tờ khai", when="Nộp tại quầy"))),
        Circumstance("Không có Giấy chứng sinh", (Paper("Văn bản của người làm chứng"),)),
    ),
)
NO_PAPER = Condition(((("chung-sinh", ("khong",)),),))
TABLE = Table(
    BIRTH.code,
    (
        Question(
            "nop",
            "Bạn nộp bằng cách nào?",
            (
                Option("quay", "Tại quầy", signs=("lên phường",)),
                Option("mang", "Trực tuyến", signs=("online", "qua mạng")),
                Option("bd", "Gửi bưu điện"),
            ),
        ),
        Question(
            "chung-sinh",
            "Bạn có Giấy chứng sinh không?",
            (Option("co", "Có"), Option("khong", "Không có")),
        ),
    ),
    cases=(Rule("Không có Giấy chứng sinh", NO_PAPER),),
    whens=(Rule("Nộp tại quầy", Condition(((("nop", ("quay",)),),))),),
    without=(Without("Giấy chứng sinh", NO_PAPER),),
)
FOUND = Found(form=FoundForm(BIRTH, TABLE), topic=BIRTH, table_of={BIRTH.code: TABLE}.get)
STARTED = Dialogue(topic=BIRTH.code, form=Form(BIRTH.code))
HALF = replace(STARTED, form=Form(BIRTH.code, (("nop", "quay"),)))


def said(text: str, *asked: AskedField, intent: str = "ask_procedure") -> Parse:
    """What was typed, read with little certainty."""
    return Parse(text, intent, 0.3, (), asked)


def pressed(
    dialogue: Dialogue, step: Step | None, question: str = "", answer: str = ""
) -> Decision:
    """What is decided when a button of the form is pressed."""
    return decide(dialogue, PressedForm(BIRTH.code, step, question, answer), FOUND)[0]


def asked(decision: Decision) -> str:
    """The key of the question that is asked."""
    assert isinstance(decision, AskCircumstance), decision
    return decision.question.key


def labels(reply: Reply) -> list[str]:
    """What stands on its buttons, in their order."""
    return [
        one.label for block in reply.blocks if isinstance(block, Choices) for one in block.items
    ]

"""Which language a message is written in; unaccented Vietnamese is never another one."""

from pathlib import Path

import pytest

from bot.deciding import Found, decide
from bot.deciding.decisions import InOtherLanguage
from bot.dialogue import Dialogue
from bot.languages import Language, is_other_language, language_of, may_be_other_language
from bot.phrasebook import Phrasebook
from bot.ports import NationalProfile
from bot.rendering import render, render_plain
from bot.understanding import to_parse
from knowledge.text import strip_accents
from tests.support.desks import a_desk
from tests.support.fakes import a_rasa_answer
from tests.support.training_text import read_sentences

TRAINING = Path(__file__).parents[2] / "nlu" / "data" / "intents"

CLEAR = {
    "how can I pay the fee": Language.ENGLISH,
    "I'm married to a Vietnamese, where do we register our child?": Language.ENGLISH,
    "my residence card will expire next month": Language.ENGLISH,
    "bonjour, comment puis-je obtenir un permis de construire": Language.FRENCH,
    "je cherche le bureau des passeports": Language.FRENCH,
    "wie kann ich meinen Wohnsitz anmelden": Language.GERMAN,
    "quiero saber cuánto cuesta el certificado": Language.SPANISH,
    "我想给孩子办出生证明": Language.CHINESE_SIMPLIFIED,
    "請問結婚證明怎麼辦": Language.CHINESE_TRADITIONAL,
    "子どもの出生届はどこに出しますか": Language.JAPANESE,
    "運転免許": Language.JAPANESE,
    "혼인신고는 어디에서 하나요": Language.KOREAN,
    "ខ្ញុំចង់ចុះបញ្ជីអាពាហ៍ពិពាហ៍": Language.KHMER,
    "ຂ້ອຍຢາກແຈ້ງເກີດລູກ": Language.LAO,
    "ต่ออายุวีซ่าที่ไหน": Language.THAI,
    "где оформить вид на жительство": Language.RUSSIAN,
    "де можна оформити візу": Language.ENGLISH,
    "bom dia, preciso de ajuda com o meu visto": Language.ENGLISH,
    "saya mau perpanjang visa dengan istri": Language.ENGLISH,
    "أين أسجل الزواج": Language.ENGLISH,
}

VIETNAMESE = """
can lam passport o dau
visa online
check hs
passport
em check in san bay can giay to gi
lam can cuoc cho con
toi la nguoi phap muon dang ky ket hon
cho hoi de lam lai bang lai xe can gi
the can cuoc het han thi sao
hello ad cho em hoi
thanks ad nhieu
an toan thuc pham can giay gi
do toi o xa nen nop online dc ko
to khai hai quan
me toi moi mat can lam gi
no le phi truoc ba
on vay de lam gi
tam tru cho nguoi thue nha
hs of t den dau roi
xin visa cho vo nguoi my
lam ho so mo quan karaoke
photo cong chung
scan giay to gui email duoc khong
reset pass vneid
app vneid loi
link nop ho so
dk kd homestay
xin giay phep ban bar pub
ban hang online co can dang ky kinh doanh khong
ship cccd ve nha duoc ko
gia han visa cho wife
mo shop quan ao
test adn nhan con
mở quán The Alley and More
đăng ký nhãn hiệu How To Be Happy
form CT01 tai o dau
file mau don xin tach thua
em la sinh vien muon dang ky tam tru
toi muon ly hon don phuong
xe bi mat bien so
con toi bi sai ten
can can gi
chi phi the nao
to do dau the
me no di lam
on hong
hi em
may i a
man hinh bi den
que toi o hue
hop phap hoa lanh su giay to nuoc ngoai
website dichvucong.gov.vn bi loi
xin viec o my
free ko
onl dc k
do an tot nghiep
la the nao
de an kinh doanh
an in tem
""".strip().splitlines()


@pytest.mark.parametrize(("text", "language"), CLEAR.items())
def test_other_languages_are_told_from_vietnamese_and_from_each_other(
    text: str, language: Language
) -> None:
    assert is_other_language(text)
    assert may_be_other_language(text)
    assert language_of(text) is language


@pytest.mark.parametrize("text", VIETNAMESE)
def test_vietnamese_without_accents_and_with_loans_is_no_other_language(text: str) -> None:
    assert not is_other_language(text)
    assert not is_other_language(text.upper())


def test_no_vietnamese_training_sentence_is_another_language_with_or_without_accents() -> None:
    sentences = read_sentences(TRAINING)
    asking = [one.text for one in sentences if one.intent == "ask_procedure"]

    assert len(asking) > 2_000
    assert [text for text in asking if is_other_language(text)] == []
    assert [text for text in map(strip_accents, asking) if is_other_language(text)] == []


@pytest.mark.parametrize(
    "text", ["check hs", "passport", "visa online", "gia han visa", "reset pass"]
)
def test_a_model_that_takes_loans_for_english_is_not_believed(text: str) -> None:
    answer = a_rasa_answer(text, "other_language", 0.7)
    ranking = [("other_language", 0.7), ("ask_procedure", 0.25)]
    answer["intent_ranking"] = [{"name": name, "confidence": share} for name, share in ranking]

    parse = to_parse(text, answer)

    assert (parse.intent, parse.confidence) == ("ask_procedure", 0.25)


def test_a_model_that_overlooks_another_language_is_corrected() -> None:
    text = "혼인신고는 어디에서 하나요"

    assert to_parse(text, a_rasa_answer(text, "greet", 0.3)).intent == "other_language"


@pytest.mark.parametrize(("text", "language"), CLEAR.items())
def test_each_language_gets_its_own_sentence_and_the_way_on(
    text: str, language: Language, book: Phrasebook
) -> None:
    parse = to_parse(text, a_rasa_answer(text, "ask_procedure"))
    decision, _ = decide(Dialogue(), parse, Found())
    reply = render(decision, a_desk(profile=NationalProfile(hotline="1900 0000")))

    assert decision == InOtherLanguage(language)
    assert str(reply.outcome) == "unanswered_other_language"
    assert book.say(language) in render_plain(reply)
    assert "https://dichvucong.gov.vn" in render_plain(reply)
    assert "1900 0000" in render_plain(reply)


def test_every_sentence_is_in_the_language_it_is_for(book: Phrasebook) -> None:
    for language in Language:
        sentence = book.say(language).replace("bộ phận một cửa", "")
        assert language_of(sentence) is language


def test_what_is_talked_of_stays_after_a_sentence_in_another_language() -> None:
    text = "what is this document for"
    parse = to_parse(text, a_rasa_answer(text, "other_language"))

    assert decide(Dialogue(topic="1.004222"), parse, Found())[1].topic == "1.004222"


def test_a_dossier_code_is_read_in_every_language() -> None:
    text = "please check the status of H17.15-250710-0012 for me"
    decision, _ = decide(Dialogue(), to_parse(text, a_rasa_answer(text)), Found())

    assert not isinstance(decision, InOtherLanguage)

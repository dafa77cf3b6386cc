"""A small content folder with guides, to be written with one thing wrong."""

from pathlib import Path

COMMON = """
way_labels:
  online: [Trực tuyến]
  counter: [Tại quầy]
  post: [Gửi bưu điện, Bưu điện]
steps:
  - key: khai
    title: Điền tờ khai
    text: "Điền thẳng trên mạng: {forms}."
    ways: [online]
    troubles: [tep-lon]
    from: [to-khai-lay-o-dau]
  - key: nop
    title: Bấm nộp
    text: Đọc lại rồi bấm nộp.
    ways: [online]
    from: [to-khai-lay-o-dau]
  - key: nop-quay
    title: Nộp tại quầy
    text: Đưa giấy tờ cho cán bộ.
    ways: [counter, post]
    from: [to-khai-lay-o-dau]
"""

TROUBLES = """
troubles:
  - key: tep-lon
    label: Tệp quá nặng
    faq: dung-luong-tep-dinh-kem
    signs: [quá dung lượng, file nặng]
  - key: cong-loi
    label: Cổng bị lỗi
    faq: cong-bi-loi
"""

OWN = """
code: "1.001193"
sign: true
words:
  - {step: khai, text: "Điền tờ khai cho bé: {forms}.", troubles: [cong-loi]}
leave_out: [nop]
steps:
  - key: ky
    after: khai
    title: Ký tờ khai
    text: Ký trên điện thoại.
    ways: [online]
    needs: [sign]
  - key: xac-minh
    after: ky
    title: Chờ xác minh
    text: Cán bộ có thể gọi cho bạn.
    ways: [online, counter]
    if: {chung-sinh: khong}
closed:
  - {if: {lam-chung: khong}, why: Không có người làm chứng thì nộp tại quầy.}
scans:
  - {paper: Giấy chứng sinh, how: Chụp cả hai mặt.}
"""

TABLE = """
code: "1.001193"
questions:
  - key: chung-sinh
    ask: Bạn có Giấy chứng sinh của bé không?
    answers: {co: Có, khong: Không có}
  - key: lam-chung
    ask: Có người làm chứng việc sinh bé không?
    answers: {co: Có, khong: Không có}
    only_if: {chung-sinh: khong}
"""


def guides_in(folder: Path, common: str = COMMON, troubles: str = TROUBLES, own: str = OWN) -> Path:
    """Write a content folder with guides and the table they lean on; an empty text: no file."""
    content = folder / "content"
    for place, text in {
        "guides/chung.yaml": common,
        "guides/vuong-mac.yaml": troubles,
        "guides/ho-tich/1.001193.yaml": own,
        "tables/ho-tich/1.001193.yaml": TABLE,
    }.items():
        if text:
            path = content / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return content

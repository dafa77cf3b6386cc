"""The sheets and columns of a workbook of knowledge, as officials see them."""

from typing import Final

from knowledge.record_texts import RECORD_PARTS
from knowledge.spreadsheet_writing import ColumnLook, SheetLook
from knowledge.workbook_cells import CHANNELS, FEES, LEVELS, ONLINE, UNITS, Sheet

CODE: Final = "Mã"
NAME: Final = "Tên thủ tục"
"""Beside a code, for people; read nowhere."""
ORDER: Final = "Số"
KEY: Final = "Khoá"
OURS: Final = "Biên soạn"
KINDS: Final = (OURS, "Cổng quốc gia")
"""Written by us, or imported."""
SCOPES: Final = ("Cả nước", "Riêng tỉnh")
"""Where a decision on filing online holds."""
LEVEL_COLUMNS: Final = ("Cấp thực hiện", "Cấp thứ hai", "Cấp thứ ba", "Cấp thứ tư")

TEXTS: Final = {
    "name": "Tên chính thức",
    "label": "Tên ngắn trên nút",
    "field": "Lĩnh vực",
    "summary": "Tóm tắt",
    "agency": "Cơ quan giải quyết",
    "where": "Nơi nộp",
    "online_level_source": "Quyết định nêu mức trực tuyến",
    "url": "Trang trên Cổng",
    "suspect": "Nghi vấn",
}
"""Texts of a procedure, by its attributes."""
LISTS: Final = {
    "aliases": "Người dân gọi là",
    "keywords": "Từ khoá",
    "who": "Ai được làm",
    "conditions": "Điều kiện",
    "results": "Kết quả",
    "legal_basis": "Căn cứ pháp lý",
    "former_codes": "Mã cũ",
    "changed_to": "Mã thay thế",
}
"""Lists of a procedure, by its attributes."""

_A_LIST: Final = "Mỗi dòng một mục. Xuống dòng trong ô: Alt + Enter."
_A_DAY: Final = "Ngày dạng 2026-07-15. Để trống nếu không rõ."
_CODE: Final = ColumnLook(CODE, 12, hint="Mã thủ tục, ví dụ 1.004222. Ô phải ở định dạng Văn bản.")
_NAME: Final = ColumnLook(NAME, 30, hint="Chỉ để dễ đọc; sửa tên ở trang Thủ tục.")
_ORDER: Final = ColumnLook(
    ORDER, 6, hint="Thứ tự trong thủ tục. Để trống: ngay sau dòng phía trên."
)
_HEAD: Final = (_CODE, _NAME, _ORDER)

PROCEDURES: Final = Sheet(
    "Thủ tục",
    (
        _CODE,
        ColumnLook("Tên chính thức", 44, hint="Đúng như quyết định công bố."),
        ColumnLook(
            "Tên ngắn trên nút", 28, hint="Tối đa 40 ký tự, phân biệt được với thủ tục gần."
        ),
        ColumnLook("Lĩnh vực", 24),
        *(ColumnLook(name, 14, choices=tuple(LEVELS)) for name in LEVEL_COLUMNS),
        ColumnLook("Tóm tắt", 44, hint="Khi nào người dân cần thủ tục này."),
        ColumnLook("Người dân gọi là", 40, hint=f"Ít nhất 4 cách gọi, có dấu. {_A_LIST}"),
        ColumnLook("Từ khoá", 24, hint=_A_LIST),
        ColumnLook("Ai được làm", 28, hint=_A_LIST),
        ColumnLook("Cơ quan giải quyết", 28),
        ColumnLook("Nơi nộp", 36),
        ColumnLook("Điều kiện", 44, hint=_A_LIST),
        ColumnLook("Kết quả", 28, hint=_A_LIST),
        ColumnLook("Căn cứ pháp lý", 22, hint=f"Chỉ số hiệu văn bản. {_A_LIST}"),
        ColumnLook(
            "Mức trực tuyến", 14, choices=tuple(ONLINE), hint="Trống: chưa quyết định nào nêu."
        ),
        ColumnLook("Quyết định nêu mức trực tuyến", 24),
        ColumnLook("Trang trên Cổng", 36, hint="Bắt đầu bằng https://dichvucong.gov.vn/"),
        ColumnLook("Mức hay hỏi", 10, choices=("0", "1", "2", "3", "4", "5")),
        ColumnLook("Quyết định công bố", 22),
        ColumnLook("Nơi công bố", 28),
        ColumnLook("Ngày dữ liệu", 14, hint="Văn bản: 2026, 2026-07 hoặc 2026-07-15."),
        ColumnLook("Hiệu lực từ", 14, hint=_A_DAY),
        ColumnLook("Hiệu lực đến", 14, hint=f"Ngày cuối còn hiệu lực. {_A_DAY}"),
        ColumnLook("Mã cũ", 14, hint=_A_LIST),
        ColumnLook("Mã thay thế", 14, hint=_A_LIST),
        ColumnLook("Loại", 14, choices=KINDS, hint="Biên soạn: nằm ở thư mục nội dung."),
        ColumnLook("Nghi vấn", 20, hint="Vì sao bản ghi không dùng để trả lời. Thường để trống."),
    ),
)
METHODS: Final = Sheet(
    "Cách nộp",
    (
        *_HEAD,
        ColumnLook("Cách nộp", 14, choices=tuple(CHANNELS)),
        ColumnLook("Thời hạn", 10, hint='Chỉ số: 7 hoặc "0,5" hoặc "15-30". Trống: không công bố.'),
        ColumnLook("Đơn vị", 14, choices=tuple(UNITS), hint="Trống nếu công bố không ghi đơn vị."),
        ColumnLook("Nói thêm về thời hạn", 40),
        ColumnLook(
            "Lệ phí", 14, choices=tuple(FEES), hint="Chỉ chọn Miễn phí khi Cổng ghi như vậy."
        ),
        ColumnLook("Mức thu", 34, hint=f"Ví dụ '10.000 VND: mỗi thẻ'. {_A_LIST}"),
        ColumnLook("Nói thêm về lệ phí", 40),
        ColumnLook("Ghi chú", 30),
    ),
    frozenset({NAME}),
)
PAPERS: Final = Sheet(
    "Giấy tờ",
    (
        *_HEAD,
        ColumnLook(
            "Nhóm", 7, hint="Các dòng cùng số là một trường hợp. Trống: theo tên trường hợp."
        ),
        ColumnLook("Trường hợp", 30, hint="Trống: ai cũng phải nộp."),
        ColumnLook("Giấy tờ", 44),
        ColumnLook("Bản chính", 8, hint="Số bản nộp. 0 và 0: chỉ xuất trình."),
        ColumnLook("Bản sao", 8),
        ColumnLook("Số mẫu", 12),
        ColumnLook("Khi nào cần", 34, hint="Trống: luôn cần trong trường hợp này."),
        ColumnLook("Ghi chú", 34),
        ColumnLook("Lưu ý của trường hợp", 40, hint=f"Ghi ở dòng đầu của trường hợp. {_A_LIST}"),
    ),
    frozenset({NAME}),
)
STEPS: Final = Sheet("Các bước", (*_HEAD, ColumnLook("Bước", 90)), frozenset({NAME}))
FORMS: Final = Sheet(
    "Biểu mẫu",
    (*_HEAD, ColumnLook("Tên mẫu", 60), ColumnLook("Số mẫu", 14)),
    frozenset({NAME}),
)
STATEMENTS: Final = Sheet(
    "Mức trực tuyến",
    (
        *_HEAD,
        ColumnLook("Mức", 14, choices=tuple(ONLINE)),
        ColumnLook("Quyết định", 50),
        ColumnLook("Phạm vi", 14, choices=tuple(SCOPES), hint="Riêng tỉnh: nơi khác có thể khác."),
    ),
    frozenset({NAME}),
)
REPLACED: Final = Sheet(
    "Giấy tờ khỏi nộp",
    (
        *_HEAD,
        ColumnLook("Giấy tờ", 40),
        ColumnLook("Trường hợp", 30, hint="Trống: trong mọi trường hợp."),
        ColumnLook("Cơ sở dữ liệu", 40),
        ColumnLook("Nghị quyết", 22),
        ColumnLook("Từ ngày", 14, hint=_A_DAY),
        ColumnLook("Đến hết ngày", 14, hint=_A_DAY),
    ),
    frozenset({NAME}),
)

FAQ_TEXTS: Final = {
    "topic": "Chủ đề",
    "question": "Câu hỏi",
    "label": "Tên ngắn trên nút",
}
FAQ_LISTS: Final = {
    "asked": "Người dân hỏi",
    "answer": "Trả lời",
    "steps": "Các bước",
    "procedures": "Mã thủ tục liên quan",
    "related": "Khoá câu hỏi liên quan",
    "until": "Nhường khi có thủ tục",
}
SOURCE_TEXTS: Final = {
    "document": "Số hiệu văn bản",
    "title": "Tên văn bản hoặc trang",
    "article": "Điều khoản",
    "code": "Mã thủ tục",
    "field": "Mục của thủ tục",
    "page": "Địa chỉ trang",
    "read": "Tháng đọc lại",
}

_KEY: Final = ColumnLook(KEY, 26, hint="Chữ thường không dấu, số, gạch nối; là tên tệp.")
FAQS: Final = Sheet(
    "FAQ",
    (
        _KEY,
        ColumnLook("Chủ đề", 18, hint="Tên thư mục, chữ thường không dấu."),
        ColumnLook("Câu hỏi", 40, hint="Tối đa 90 ký tự, kết thúc bằng dấu hỏi."),
        ColumnLook("Tên ngắn trên nút", 28, hint="Tối đa 40 ký tự."),
        ColumnLook("Người dân hỏi", 44, hint=f"Ít nhất 6 cách hỏi, có dấu. {_A_LIST}"),
        ColumnLook("Trả lời", 60, hint=f"1 đến 4 đoạn; đoạn đầu trả lời ngay. {_A_LIST}"),
        ColumnLook("Các bước", 44, hint=_A_LIST),
        ColumnLook("Mã thủ tục liên quan", 16, hint=_A_LIST),
        ColumnLook("Khoá câu hỏi liên quan", 24, hint=_A_LIST),
        ColumnLook("Hiệu lực từ", 14, hint=_A_DAY),
        ColumnLook("Hiệu lực đến", 14, hint=_A_DAY),
        ColumnLook("Nhường khi có thủ tục", 24, hint=_A_LIST),
    ),
)
FAQ_LINKS: Final = Sheet(
    "FAQ liên kết",
    (_KEY, _ORDER, ColumnLook("Tên liên kết", 40), ColumnLook("Địa chỉ", 50)),
)
FAQ_SOURCES: Final = Sheet(
    "FAQ nguồn",
    (
        _KEY,
        _ORDER,
        ColumnLook(
            "Số hiệu văn bản", 22, hint="Mỗi nguồn: số hiệu, hoặc mã thủ tục, hoặc địa chỉ."
        ),
        ColumnLook("Tên văn bản hoặc trang", 40),
        ColumnLook("Điều khoản", 20),
        ColumnLook("Mã thủ tục", 14),
        ColumnLook("Mục của thủ tục", 16, choices=tuple(RECORD_PARTS)),
        ColumnLook("Địa chỉ trang", 40),
        ColumnLook("Con số lấy từ đây", 34, hint=f"Viết như trong câu trả lời. {_A_LIST}"),
        ColumnLook("Tháng đọc lại", 14, hint="Văn bản, ví dụ 2026-11."),
    ),
)

GUIDE: Final = "Hướng dẫn"
_LINES: Final = (
    "Tệp này chứa nội dung mà trợ lý dùng để trả lời. Sửa ngay trong các trang bên cạnh.",
    "Trang 'Thủ tục': mỗi dòng một thủ tục. Các trang sau nối với nó bằng cột 'Mã'.",
    "Trang 'FAQ': mỗi dòng một câu hỏi thường gặp. Hai trang sau nối với nó bằng cột 'Khoá'.",
    "Thêm dòng ở bất kỳ đâu. Xoá một dòng ở 'Cách nộp', 'Giấy tờ'… là xoá phần đó của thủ tục.",
    "Xoá cả thủ tục khỏi tệp này không xoá thủ tục: điều gì không có ở đây thì giữ nguyên.",
    "Ô có nhiều mục: mỗi mục một dòng, xuống dòng bằng Alt + Enter.",
    "Không gộp ô, không viết công thức, không đổi tên trang và tên cột.",
    "Mã và ngày là văn bản: 1.004880 không được thành 1.00488. Cột đã để sẵn định dạng Văn bản.",
    "Ô có mũi tên chỉ nhận giá trị trong danh sách. Rê chuột lên tên cột để xem giải thích.",
    "Chỉ ghi điều có trong văn bản công bố. Không có thì để trống, không đoán.",
    "Xem trước: motcua knowledge import TỆP.xlsx --dry-run",
    "Lưu: motcua knowledge import TỆP.xlsx",
)


def guide_sheet() -> SheetLook:
    """Return the first sheet, which tells how to work with the others."""
    return SheetLook(GUIDE, (ColumnLook(GUIDE, 110),), [[line] for line in _LINES])

"""`motcua knowledge profile-sample`: the marked sample of a province profile, to be filled in."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.files import write_whole
from api.commands.terminal import say
from api.settings import load_settings

SAMPLE = Path("profiles") / "sample.yaml"

Sample = Annotated[Path, typer.Argument(metavar="TỆP.xlsx", help="Tệp Excel mẫu ghi ra.")]


def profile_sample(output: Sample) -> None:
    """Ghi hồ sơ tỉnh mẫu ra Excel để điền: cơ quan, giờ làm việc, lệ phí, mẫu đơn."""
    from knowledge.profile import load_profile  # noqa: PLC0415 - YAML and Excel, only here
    from knowledge.profile_sheets import profile_workbook  # noqa: PLC0415

    sample = load_profile(load_settings().content_folder / SAMPLE)
    write_whole(output, profile_workbook(sample))
    say(f"Đã ghi mẫu vào {output}. Điền xong, đặt PROVINCE_PROFILE và chạy motcua knowledge check.")

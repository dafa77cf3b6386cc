"""What a province profile says of records and places that there are not."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from knowledge.errors import Fault, KnowledgeError
from knowledge.places import Gazetteer, Kind
from knowledge.procedure import Procedure
from knowledge.profile import read_profile
from knowledge.province import ProvinceProfile


def check_profiles(
    paths: Iterable[Path], records: Iterable[Procedure], gazetteer: Callable[[], Gazetteer]
) -> Iterator[Fault]:
    """Yield every fault of the profiles; the places are read only where a profile names wards.

    A marked sample may name wards that there are not.
    """
    known = tuple(records)
    for path in paths:
        profile, faults = read_profile(path)
        yield from faults
        yield from (Fault(path.name, 0, message) for message in _against_records(profile, known))
        if not profile.sample and any(office.wards for office in profile.offices):
            yield from _in_places(path, profile, gazetteer)


def _in_places(
    path: Path, profile: ProvinceProfile, gazetteer: Callable[[], Gazetteer]
) -> Iterator[Fault]:
    try:
        places = gazetteer()
    except KnowledgeError as error:
        yield Fault(path.name, 0, str(error))
        return
    yield from (Fault(path.name, 0, message) for message in _against_places(profile, places))


def _against_records(profile: ProvinceProfile, records: tuple[Procedure, ...]) -> Iterator[str]:
    codes = {record.code for record in records}
    fields = {record.field for record in records}
    forms = {paper.number for record in records for paper in record.forms if paper.number}
    for fee in profile.fees:
        if fee.code not in codes:
            yield f"Lệ phí: không có thủ tục mã {fee.code}. Sửa mã hoặc xoá dòng này."
    for office in profile.offices:
        for field in office.fields:
            if field not in fields:
                yield f"Cơ quan '{office.name}': không có lĩnh vực '{field}'. Ghi đúng tên."
    for form in profile.forms:
        if form.number not in forms:
            yield f"Mẫu đơn: không thủ tục nào dùng mẫu '{form.number}'. Ghi số như trong thủ tục."


def _against_places(profile: ProvinceProfile, gazetteer: Gazetteer) -> Iterator[str]:
    provinces = [one for one in gazetteer.places if one.kind is Kind.PROVINCE]
    province = next((one for one in provinces if one.name == profile.name), None)
    if province is None:
        yield f"Không có tỉnh '{profile.name}'. Ghi tên đầy đủ, ví dụ Thành phố Hà Nội."
        return
    wards = {one.name for one in gazetteer.places if one.parent is province}
    for office in profile.offices:
        for ward in office.wards:
            if ward not in wards:
                yield f"Cơ quan '{office.name}': {profile.name} không có '{ward}'. Ghi tên đầy đủ."

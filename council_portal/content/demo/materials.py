"""Speeches, articles, presentations, programmes and pictures of the fictional meetings."""

from datetime import date

from council_portal.access.visibility import Visibility
from council_portal.files.models import StoredFile
from council_portal.files.thumbnails import thumbnail_of
from council_portal.persian.text import ordinal_before, to_persian_digits
from council_portal.persian.wording import weekday_date
from meetings.models import AgendaItem, Material

from . import pictures
from .chance import chance
from .prose import Topic
from .record import Proceedings
from .schedule import Stage
from .world import World

Kind = Material.Kind
PICTURES_OF_MEETING = 4
SPEECHES_OF_MEETING = 2
SIGNED = 5  # every so many meetings the signed paper is scanned
SCENES = (
    "گشایش نشست",
    "سخنران نخست",
    "گفت‌وگوی اعضا",
    "نمایشگاه اسناد",
    "رأی‌گیری",
    "پذیرایی و دیدار اعضا",
    "عکس یادگاری",
)
# Pictures with their small ones.
Gallery = list[tuple[StoredFile, StoredFile]]
PICTURE_ALT = "نقش ستاره هشت‌پر به جای عکس «{scene}» (تصویر نمایشی)"


def gallery() -> Gallery:
    """Every picture with its small one, stored."""
    files = [pictures.picture(n) for n in range(pictures.COUNT)]
    return [(file, thumbnail_of(file)) for file in files]


def add_materials(world: World, proceedings: list[Proceedings], gallery: Gallery) -> None:
    luck = chance("materials")
    for record in proceedings:
        if record.sitting.stage is Stage.NEXT:
            _add_papers(world, record)
        if record.sitting.stage is not Stage.HELD:
            continue
        if record.slug == "assembly":
            _add_of_assembly(world, record, luck)
            _add_pictures(world, record, gallery)
        elif record.meeting.number % 6 == 0:
            _add_presentation(world, record, luck)


def _add_of_assembly(world: World, record: Proceedings, luck) -> None:
    _add_programme(world, record)
    taken = luck.sample(list(record.topics.values()), SPEECHES_OF_MEETING + 1)
    for position, topic in enumerate(taken[:SPEECHES_OF_MEETING], start=1):
        _add_speech(world, record, topic, position, luck)
    _add_article(world, record, taken[-1], luck)
    _add_presentation(world, record, luck)
    if record.meeting.number % SIGNED == 0:
        _add_scan(world, record)


def _add(world: World, record: Proceedings, kind: str, **fields) -> None:
    fields = {"visibility": Visibility.PUBLIC if record.slug == "assembly" else Visibility.MEMBERS} | fields
    world.add(Material(meeting=record.meeting, kind=kind, **fields))


def _speaker(world: World, record: Proceedings, luck):
    return luck.choice(world.roster(record.slug, record.day)).person


def _add_programme(world: World, record: Proceedings) -> None:
    text = programme_of(record.meeting.number, record.day, record.sitting.hours, record.items)
    _add(world, record, Kind.PROGRAMME, title="برنامه نشست", text=text)


def programme_of(number: int, day: date, hours: tuple[int, int], items: list[AgendaItem]) -> str:
    """The programme of a meeting of the assembly as a text: its open items, with when it begins and ends."""
    start, end = hours
    lines = [f"برنامه {ordinal_before(number)} اجلاس، {weekday_date(day)}", ""]
    lines += [f"ساعت {to_persian_digits(start)}: آیین گشایش و خوشامد میزبان"]
    open_items = [item for item in items if item.visibility == Visibility.PUBLIC]
    lines += [f"بند {to_persian_digits(item.position)}: {item.title}" for item in open_items]
    lines += [f"ساعت {to_persian_digits(end)}: پایان نشست و نماز"]
    return "\n".join(lines)


def _add_papers(world: World, record: Proceedings) -> None:
    """What lies before the next meeting, behind its second item: a text, and a file of pages."""
    item = record.items[1]
    topic = record.topics[item.position]
    facts = "\n".join(f"• {topic.facts.deal()}" for __ in range(3))
    for kind, fields in (
        (Kind.ARTICLE, {"title": f"گزارش کارشناسی درباره {topic.name}", "text": facts}),
        (Kind.PRESENTATION, {"title": "جدول‌های پیوست گزارش (نمایشی)", "file": pictures.scanned_pages(2)}),
    ):
        _add(world, record, kind, agenda_item=item, visibility=Visibility.MEMBERS, **fields)


def _add_speech(world: World, record: Proceedings, topic: Topic, position: int, luck) -> None:
    say, words = world.prose.say, {"topic": topic.name}
    texts = [say("speech_open", **words)]
    for __ in range(2):
        texts += [say("speech_middle", fact=topic.facts.deal()), say("speech_view", view=topic.views.deal())]
    texts.append(say("speech_close"))
    _add(
        world,
        record,
        Kind.SPEECH,
        position=position,
        title=f"سخنرانی درباره {topic.name}",
        speaker=_speaker(world, record, luck),
        text="\n\n".join(texts),
    )


def _add_article(world: World, record: Proceedings, topic: Topic, luck) -> None:
    facts = [topic.facts.deal() for __ in range(3)]
    views = [topic.views.deal() for __ in range(3)]
    texts = [world.prose.say("article_open", topic=topic.name)]
    texts.append(f"۱. وضع کنونی. {facts[0]}. از سوی دیگر، {facts[1]}.")
    texts.append(f"۲. دشواری‌ها. {facts[2]}. گفت‌وگو با مسئولان دبیرخانه‌ها نشان داد که {views[0]}.")
    texts.append(f"۳. دیدگاه‌ها. {views[1]}. با این همه باید پذیرفت که {views[2]}.")
    texts.append(f"۴. پیشنهاد. شایسته است هر دستگاه {topic.actions.deal().clause}.")
    _add(
        world,
        record,
        Kind.ARTICLE,
        title=f"نگاهی به {topic.name} در دبیرخانه‌ها",
        speaker=_speaker(world, record, luck),
        text="\n\n".join(texts),
    )


def _add_presentation(world: World, record: Proceedings, luck) -> None:
    topic = luck.choice(list(record.topics.values()))
    lines = [
        f"• {topic.facts.deal()}",
        f"• {topic.facts.deal()}",
        f"• {topic.views.deal()}",
        f"• گام بعد: {topic.actions.deal().title}",
    ]
    _add(
        world,
        record,
        Kind.PRESENTATION,
        title=f"اسلایدهای {topic.name}",
        speaker=_speaker(world, record, luck),
        text="\n".join(lines),
    )


def _add_pictures(world: World, record: Proceedings, gallery: Gallery) -> None:
    for n in range(PICTURES_OF_MEETING):
        _add(world, record, Kind.PICTURE, position=n + 1, **picture_of(record.meeting.number, n, gallery))


def picture_of(number: int, n: int, gallery: Gallery) -> dict:
    """What the material of the picture `n` of a meeting says and shows."""
    scene = SCENES[(number + n) % len(SCENES)]
    file, thumbnail = gallery[(number * PICTURES_OF_MEETING + n) % len(gallery)]
    return {
        "title": f"{scene} (تصویر نمایشی)",
        "alt_text": PICTURE_ALT.format(scene=scene),
        "file": file,
        "thumbnail": thumbnail,
    }


def _add_scan(world: World, record: Proceedings) -> None:
    _add(
        world,
        record,
        Kind.SCAN,
        title="نسخه امضاشده صورت‌جلسه (نمایشی)",
        file=pictures.scanned_page(record.meeting.number // SIGNED % 4),
        is_authoritative=True,
        visibility=Visibility.MEMBERS,
    )

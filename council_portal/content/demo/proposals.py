"""What the committees put to the assembly, in every status; and how decisions are linked."""

from committees.models import Proposal
from meetings.models import AgendaItem, DecisionLink

from .prose import Action, Topic, paragraphs
from .record import Proceedings
from .schedule import Stage
from .world import World, moment

Status = Proposal.Status
RETURNED_BECAUSE = (
    "برآورد هزینه و نیروی لازم در پیشنهاد نیامده است",
    "با شیوه‌نامه جاری هم‌پوشانی دارد؛ پیش از طرح دوباره یکی شود",
    "نظر دستگاه‌های مجری گرفته نشده است",
)


def add_proposals(world: World, proceedings: list[Proceedings]) -> None:
    """One adopted by each assembly, and some in every other status."""
    assemblies = [record for record in proceedings if record.slug == "assembly"]
    sessions = [
        record
        for record in proceedings
        if record.sitting.stage is Stage.HELD and record.slug not in ("assembly", "board")
    ]
    for record in assemblies:
        if record.sitting.stage is Stage.HELD and record.rulings:
            _add_adopted(world, record, sessions)
        elif record.sitting.stage is Stage.NEXT:
            _add_on_agenda(world, record, sessions)
    for status, outcome in ((Status.NOTED, AgendaItem.Outcome.NOTED), (Status.POSTPONED, AgendaItem.Outcome.POSTPONED)):
        _add_without_decision(world, assemblies, sessions, status=status, outcome=outcome)
    _add(world, sessions[-11], Status.WITHDRAWN)
    for n, record in enumerate(sessions[-10:-7]):
        _add(world, record, Status.RETURNED, returned_because=RETURNED_BECAUSE[n])
    for record in sessions[-7:-4]:
        _add(world, record, Status.SUBMITTED)
    for record in sessions[-4:]:
        _add(world, record, Status.DRAFT)


def _add_adopted(world: World, record: Proceedings, sessions: list[Proceedings]) -> None:
    ruling = record.rulings[-1]
    session = _session_before(record, ruling.topic, sessions)
    if session:
        decision = ruling.decision
        _add(
            world,
            session,
            Status.ADOPTED,
            topic=ruling.topic,
            action=ruling.action,
            agenda_item=decision.agenda_item,
            decision=decision,
        )


def _add_on_agenda(world: World, record: Proceedings, sessions: list[Proceedings]) -> None:
    for item in record.items[1:3]:
        topic = record.topics[item.position]
        session = _session_before(record, topic, sessions)
        if session:
            _add(world, session, Status.ON_AGENDA, topic=topic, agenda_item=item)


def _add_without_decision(
    world: World, assemblies: list[Proceedings], sessions: list[Proceedings], *, status: str, outcome: str
) -> None:
    """The latest that came onto an agenda and was not decided on, but `outcome` is what became of it."""
    for record in reversed(assemblies):
        for item in record.items:
            topic = record.topics.get(item.position)
            session = topic and item.outcome == outcome and _session_before(record, topic, sessions)
            if session:
                _add(world, session, status, topic=topic, agenda_item=item)
                return


def _session_before(record: Proceedings, topic: Topic, sessions: list[Proceedings]) -> Proceedings | None:
    """The last session, before an assembly, of the committee whose matter the topic is."""
    earlier = (session for session in reversed(sessions) if session.day < record.day)
    return next((session for session in earlier if session.slug in topic.committees), None)


def _add(
    world: World,
    session: Proceedings,
    status: str,
    *,
    topic: Topic | None = None,
    action: Action | None = None,
    **fields,
) -> None:
    topic = topic or next(iter(session.topics.values()))
    if status != Status.DRAFT:
        submitted_by = world.accounts["chair" if session.slug == "ict" else "secretariat"]
        fields |= {"submitted_at": moment(session.day, 17), "submitted_by": submitted_by}
    action = action or topic.actions.deal()
    text = paragraphs(
        f"نظر به اینکه {topic.facts.deal()}، پیشنهاد می‌شود دستگاه مسئول {action.clause}.",
        f"اعضای کمیته بر این باورند که {topic.views.deal()}.",
    )
    world.add(
        Proposal(
            committee=world.bodies[session.slug],
            addressee=world.bodies["assembly"],
            prepared_in=session.meeting,
            title=f"پیشنهاد {action.title}",
            text=text,
            status=status,
            **fields,
        )
    )


def add_links(world: World, proceedings: list[Proceedings]) -> None:
    """Link decisions of one topic: a committee's carry out the assembly's, and the assembly's own amend each other."""
    latest = {}
    for record in proceedings:
        for ruling in record.rulings:
            earlier = latest.get(ruling.topic.name)
            is_of_assembly = record.slug == "assembly"
            if (
                earlier
                and earlier.meeting is not record.meeting
                and (is_of_assembly or ruling.decision.number % 3 == 0)
            ):
                kind = DecisionLink.Kind.AMENDS if is_of_assembly else DecisionLink.Kind.CARRIES_OUT
                world.add(DecisionLink(decision=ruling.decision, kind=kind, other=earlier))
            if is_of_assembly:
                latest[ruling.topic.name] = ruling.decision

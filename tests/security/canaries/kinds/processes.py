"""Things of a process."""

from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participation,
    Phase,
    Pillar,
    Process,
    ProcessText,
    SecretariatHost,
    StandingKind,
    Track,
)
from tests.security.canaries.readers import BEGAN
from tests.security.canaries.world import SPOTS, Plot, plants


@plants(Process, inside=None, spots=SPOTS)
def process(plot: Plot) -> Process:
    slug = plot.word()
    plot.world.slugs.append(slug)
    return Process(slug=slug, acronym=plot.word(), name=plot.text(), website=f"https://{plot.word()}.example")


@plants(Track, spots=SPOTS[1:4], why_unseen="named in the frame of pages of that track")
def track(plot: Plot) -> Track:
    return Track(process_id=plot.process, kind="civil_society", slug=plot.word(), name=plot.text(), position=9)


@plants(ProcessText)
def text(plot: Plot) -> ProcessText:
    kind = ["goals", "priorities", "themes", "remarks", "confidentiality", "data_systems"]
    place = len(plot.world.planted.get("ProcessText", []))
    return ProcessText(
        process_id=plot.process, kind=kind[place] if place < len(kind) else f"kind {place}", body=plot.text()
    )


@plants(Participation, why_unseen="shown by the name of the participant; notes to the secretariat")
def participation(plot: Plot) -> Participation:
    return Participation(
        process_id=plot.process,
        track_id=plot.track,
        category=plot.word(),
        standing=StandingKind.OBSERVER,
        since=BEGAN,
        note=plot.text(),
        focus=plot.text(),
        decision=plot.word(),
    )


@plants(Body)
def body(plot: Plot) -> Body:
    return Body(
        process_id=plot.process,
        track_id=plot.track,
        name=plot.text(),
        kind="working_group",
        membership=BodyMembershipRule.OWN,
    )


@plants(BodyMembership, inside=Body)
def body_membership(plot: Plot) -> BodyMembership:
    return BodyMembership(body_id=plot.inside.id, name_text=plot.word(), role="observer")


@plants(ChairTerm)
def chair_term(plot: Plot) -> ChairTerm:
    return ChairTerm(process_id=plot.process, name_text=plot.word(), role="troika_past", theme=plot.text(), since=BEGAN)


@plants(SecretariatHost)
def secretariat_host(plot: Plot) -> SecretariatHost:
    return SecretariatHost(process_id=plot.process, name_text=plot.word(), since=BEGAN)


@plants(Pillar)
def pillar(plot: Plot) -> Pillar:
    return Pillar(process_id=plot.process, name=plot.text(), subject=plot.text())


@plants(Phase)
def phase(plot: Plot) -> Phase:
    return Phase(process_id=plot.process, name=plot.text(), since=BEGAN)

"""What the worker does when told to: a few lines a task, one call into the product each."""

from uuid import UUID

from celery import shared_task

from secretariat.accounts import service as accounts
from secretariat.accounts import sessions
from secretariat.arrangements import service as arrangements
from secretariat.arrangements.service import workshops
from secretariat.broker import embedded
from secretariat.civil_society.service import choosing
from secretariat.confidentiality import service as labels
from secretariat.core import clock, heartbeats, journal, readings
from secretariat.core.session import Reason, SystemSession
from secretariat.correspondence.service import listing
from secretariat.directory import liaison, successors
from secretariat.directory import service as directory
from secretariat.documents import service as documents
from secretariat.documents.storage import storage_of
from secretariat.emergency import service as emergency
from secretariat.follow_up import answered, contact_log
from secretariat.follow_up import service as follow_up_service
from secretariat.follow_up import tasks as officer_tasks
from secretariat.jobs import service as jobs
from secretariat.mail import delivery, evidence
from secretariat.meetings import service as meetings
from secretariat.packs import service as packs
from secretariat.plans.service import importing as plans
from secretariat.processes import service as processes
from secretariat.search import index as search
from secretariat.texts import service as texts
from secretariat.texts.service import consultations
from secretariat.texts.service import silence as silences
from worker import heartbeat
from worker.task import ProductTask, UnitOfWork


@shared_task(base=ProductTask, bind=True, name="worker.tasks.give_heartbeat")
def give_heartbeat(self: ProductTask) -> None:
    """Only the beat starts this, so that where it is done both are alive."""
    heartbeat.give(self.settings, "worker")
    for name in heartbeat.NAMES:
        heartbeats.give(self.engine, name)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.clean_broker")
def clean_broker(self: ProductTask) -> None:
    if self.settings.on_embedded_broker:
        embedded.clean(self.settings)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.do_job")
def do_job(self: ProductTask, job_id: str) -> None:
    jobs.do(self.engine, UUID(job_id), self.settings)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.do_waiting_jobs")
def do_waiting_jobs(self: ProductTask) -> None:
    """Finds the jobs whose message was lost or whose worker died."""
    jobs.sweep(self.engine)
    for job_id in jobs.waiting(self.engine):
        jobs.do(self.engine, job_id, self.settings)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.deliver_mail")
def deliver_mail(self: ProductTask, message: str) -> None:
    """One mail that was just put into the outbox."""
    delivery.deliver(self.engine, self.settings, only=UUID(message))


@shared_task(base=ProductTask, bind=True, name="worker.tasks.sweep_outbox")
def sweep_outbox(self: ProductTask) -> None:
    """Every mail that is due, whoever was told of it, and what workers left that are no more."""
    delivery.recover(self.engine, evidence.source(self.settings))
    delivery.deliver(self.engine, self.settings)
    heartbeats.give(self.engine, "delivery")


@shared_task(base=ProductTask, bind=True, name="worker.tasks.follow_up")
def follow_up(self: ProductTask) -> None:
    """Everybody to whom a reminder is due now."""
    follow_up_service.scan(self.engine)
    heartbeats.give(self.engine, "scan")


@shared_task(base=ProductTask, bind=True, name="worker.tasks.read_inbox")
def read_inbox(self: ProductTask) -> None:
    """What came in by mail since the last time, also while nobody was here."""
    answered.read_inbox(self.engine, self.settings)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.lower_labels")
def lower_labels(self: ProductTask) -> None:
    """Every lowering of a label whose day has come in the zone of its process, also the days nobody was here."""
    labels.lower_what_is_due(self.engine)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.release_documents")
def release_documents(self: ProductTask) -> None:
    """Every document whose day has come in the zone of its process, also the days nobody was here."""
    documents.release_what_is_due(self.engine)


@shared_task(base=ProductTask, bind=True, name=silences.RECORD)
def record_silences(self: ProductTask) -> None:
    """Every silence whose end changes no more, and the reminders before an end; also those nobody was here for."""
    silences.record_what_is_over(self.engine)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.close_rounds")
def close_rounds(self: ProductTask) -> None:
    """Every round of comments whose hour has come: comments without a name are read from then on. Colleagues who have a
    text of a round that ends soon are asked once more."""
    texts.close_what_is_over(self.engine)
    texts.remind_once(self.engine)


@shared_task(base=ProductTask, bind=True, name=consultations.TELL)
def tell_of_responses(self: ProductTask) -> None:
    """Mails to those of the public who commented, once the response is published; also those a lost message left."""
    consultations.tell_of_responses(self.engine)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.read_words")
def read_words(self: ProductTask, file_id: str) -> None:
    """The words of a file that has just come, for search."""
    documents.read_words(self.engine, storage_of(self.settings), UUID(file_id))


@shared_task(base=ProductTask, bind=True, name="worker.tasks.read_waiting_words")
def read_waiting_words(self: ProductTask) -> None:
    """Files whose message was lost or whose reader died."""
    for file_id in documents.unread(self.engine):
        documents.read_words(self.engine, storage_of(self.settings), file_id)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.sweep_files")
def sweep_files(self: ProductTask) -> None:
    """Files that nobody has: of an upload that broke off, of a draft that has another now, of a list of old papers
    that nobody confirmed, or of a pack whose time has come."""
    storage = storage_of(self.settings)
    documents.forget_lists(self.engine)
    packs.forget(self.engine)
    plans.forget_imports(self.engine)
    listing.forget_lists(self.engine)
    documents.sweep(self.engine, storage)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.bring_into_search")
def bring_into_search(self: ProductTask) -> None:
    """What has no entry yet: all there was before the product had an index, after an upgrade."""
    search.bring_in(self.engine)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.sweep_search")
def sweep_search(self: ProductTask) -> None:
    search.sweep(self.engine)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.sweep_journal")
def sweep_journal(self: ProductTask) -> None:
    journal.sweep(self.engine)


@shared_task(base=UnitOfWork, bind=True, reason=Reason.SIGN_IN, name=accounts.ANSWER_REQUESTS)
def answer_password_requests(self: UnitOfWork, session: SystemSession) -> None:
    """Links for those who asked for a new password and have an account."""
    accounts.answer_password_requests(session)


@shared_task(base=UnitOfWork, bind=True, reason=Reason.ADMINISTRATION, name="worker.tasks.end_emergency_accesses")
def end_emergency_accesses(self: UnitOfWork, session: SystemSession) -> None:
    """The record of those whose hours have passed; they give nothing since."""
    emergency.end_what_is_over(session)


@shared_task(base=UnitOfWork, bind=True, reason=Reason.LABELLING, name="worker.tasks.refresh_public_pages")
def refresh_public_pages(self: UnitOfWork, session: SystemSession) -> None:
    """What ended or began today on a day entered beforehand leaves the public pages or comes to stand there."""
    processes.refresh_public_pages(session)


@shared_task(base=UnitOfWork, bind=True, reason=Reason.ADMINISTRATION, name="worker.tasks.forget_people")
def forget_people(self: UnitOfWork, session: SystemSession) -> None:
    """Contact cards and notes, replies by mail, tasks done, names told or given for a meeting, what was arranged for
    persons, people from lists, who commented in public, and sessions whose time has passed."""
    liaison.follow_all(session)
    directory.erase_ended_cards(session, clock.today())
    successors.forget(session)
    contact_log.forget(session)
    answered.forget(session)
    officer_tasks.forget(session)
    meetings.forget_delegates(session)
    meetings.forget_guests(session)
    choosing.forget_candidates(session)
    arrangements.erase_what_is_over(session, clock.today())
    workshops.forget_people(session, clock.today())
    listing.forget_people(session, clock.today())
    consultations.erase_what_is_over(session)
    sessions.forget(session)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.forget_readings")
def forget_readings(self: ProductTask) -> None:
    """Entries of the read log whose time has passed."""
    readings.forget(self.engine, clock.today())

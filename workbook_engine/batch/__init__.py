"""A folder of workbooks: parallel, with a ledger, safe against whatever lies in it and against its own end.

The modules, from the bottom: record (what is kept of a workbook), inbox (which files, in which order), work (one
workbook, as a worker does it), workers (this process, or a pool of killable children), ledger (what was done under
which rules), items, standing and filing (what waits, what corrects what, what is put where), run (the coordinator),
overview and tables (what the ledger amounts to).
"""

from workbook_engine.batch.inbox import Inbox, InboxError, check_apart, find_workbooks, key_of, search
from workbook_engine.batch.ledger import Entry, Ledger
from workbook_engine.batch.ledger_file import LedgerError
from workbook_engine.batch.overview import refresh as refresh_overview
from workbook_engine.batch.overview import superseded
from workbook_engine.batch.places import Places, opened
from workbook_engine.batch.record import FindingRecord, ProductRecord, Record, StageRecord, record_of
from workbook_engine.batch.rules import settings_for
from workbook_engine.batch.run import Options, Outcome, run
from workbook_engine.batch.tables import TablesError, write_tables
from workbook_engine.batch.work import Settings

__all__ = [
    "Entry",
    "FindingRecord",
    "Inbox",
    "InboxError",
    "Ledger",
    "LedgerError",
    "Options",
    "Outcome",
    "Places",
    "ProductRecord",
    "Record",
    "Settings",
    "StageRecord",
    "TablesError",
    "check_apart",
    "find_workbooks",
    "key_of",
    "opened",
    "record_of",
    "refresh_overview",
    "run",
    "search",
    "settings_for",
    "superseded",
    "write_tables",
]

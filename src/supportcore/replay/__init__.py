"""Ticket logs as files: the readers, their mapping files, and what the histories of a log say of themselves."""

"""What rules notice: in one record, and across the records of a round. The rules are in the kit's form; their kinds are here."""

from pipeline.check.rules import check_record, check_round, check_rules

__all__ = ["check_record", "check_round", "check_rules"]

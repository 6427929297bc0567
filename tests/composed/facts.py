"""One row for every fact a control is about."""

from __future__ import annotations

from typing import Final

from . import facts_above as above
from . import facts_within as within
from .fact import Fact

LIGHT: Final = {"kind": "FSM10"}
LOT: Final = {"bodies": 3}
FUND: Final = {"fund": True, "kind": "FPR12", "tipo": "TD01"}
SMALL: Final = {"kind": "FSM10", "tipo": "TD07"}
ORDINARY: Final = {"kind": "FPR12"}

ABOVE: Final = (
    Fact("00300", above.transmitter, scope="header"),
    Fact("00301", above.seller_number, scope="header"),
    Fact("00302", above.seller_code, scope="header"),
    Fact("00303", above.agent_number, scope="header"),
    Fact("00303", above.agent_number, LIGHT, scope="header"),
    Fact("00304", above.agent_code, scope="header"),
    Fact("00305", above.buyer_number, scope="header"),
    Fact("00306", above.buyer_code, scope="header"),
    Fact("00313", above.sent_abroad, ORDINARY, "2019-07-30", scope="header"),
    Fact("00313", above.sent_abroad, LIGHT, "2022-01-01", scope="header"),
    Fact("00330", above.mailbox_of_sdi, since="2019-07-30", scope="header"),
    Fact("00417", above.nobody, scope="header"),
    Fact("00427", above.code_of_the_other_length, scope="header"),
    Fact("00428", above.other_version, scope="header"),
    Fact("00476", above.both_abroad, since="2022-10-01", scope="header"),
    Fact("00471", above.same_subject, since=above.TWO_SUBJECTS, scope="bodies"),
    Fact("00471", above.same_subject, SMALL, since=above.TWO_SUBJECTS, scope="bodies"),
    Fact("00472", above.other_subject, since=above.TO_ONESELF, scope="bodies"),
    Fact("00473", above.wrong_side_of_the_border, since=above.BORDER, scope="bodies"),
    Fact("00475", above.buyer_without_number, since=above.NUMBERED_BUYER, scope="bodies"),
)
WITHIN: Final = (
    Fact("00200", within.broken_form),
    Fact("00200", within.broken_forms, also=("00201", "")),
    Fact("00400", within.untaxed_line),
    Fact("00400", within.untaxed_line, LIGHT),
    Fact("00401", within.line_with_both),
    Fact("00401", within.line_with_both, LIGHT),
    Fact("00403", within.tomorrow),
    Fact("00409", within.same_number, LOT),
    Fact("00409", within.same_number, LOT | LIGHT),
    Fact("00411", within.withheld_line),
    Fact("00413", within.untaxed_fund, FUND),
    Fact("00414", within.fund_with_both, FUND),
    Fact("00415", within.withheld_fund, FUND),
    Fact("00418", within.linked_later, {"tipo": "TD04", "kind": "FPR12"}),
    Fact("00418", within.linked_later, {"tipo": "TD08", "kind": "FSM10"}),
    Fact("00419", within.too_few_summaries, also=("00443", "2020-05-04")),
    Fact("00420", within.split_reverse_charge),
    Fact("00421", within.other_tax),
    Fact("00422", within.other_rounding),
    Fact("00423", within.other_line_total),
    Fact("00424", within.fraction),
    Fact("00424", within.fraction, LIGHT),
    Fact("00425", within.no_digit),
    Fact("00429", within.untaxed_summary),
    Fact("00430", within.summary_with_both),
    Fact("00437", within.unmeasured_discount),
    Fact("00438", within.unmeasured_line_discount),
    Fact("00443", within.rate_without_summary, since="2020-05-04"),
    Fact("00444", within.natura_without_summary, since="2020-05-04"),
    Fact("00445", within.ended_natura, since="2021-01-01"),
    Fact("00445", within.ended_natura, LIGHT, since="2021-01-01"),
    Fact("00460", within.too_much, SMALL),
    Fact("00474", within.plafond_at_zero, {"tipo": "TD21", "kind": "FPR12"}, since="2020-05-04"),
)
FACTS: Final = ABOVE + WITHIN

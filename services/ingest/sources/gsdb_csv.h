// The cases of the Global Sanctions Database, version 4, as comma-separated values. Adapter
// "gsdb-csv", source "gsdb". (Syropoulos, Felbermayr, Kirilakha, Yalcin, Yotov: The Global
// Sanctions Data Base, release 4; its codebook has the columns.)
//
// One row for each case of measures by one or several senders against one or several targets, from
// year to year, as researchers coded them: authority "coded by researchers". The record's key is
// the case's number.
//
//   sanctioned_state, sanctioning_state   targets and senders, each state or organisation of its
//                               own (gsdb_states.h); a cell with several stands whole in other too
//   begin                       date IN_FORCE, a year
//   end                         date EXPIRY, a year; but of 2023, the last year that the database
//                               covers, LAST_OBSERVED, unless an outcome in `success` is not
//                               "ongoing": then the case did end in it
//   trade, descr_trade          a measure TRADE, with the description ("exp_part,imp_part") as
//                               detail
//   arms, military, financial, travel, other   measures ARMS_EMBARGO, MILITARY (assistance: not
//                               arms), FINANCIAL, TRAVEL_BAN, OTHER
//   objective, success          other, as printed: objectives, and in the same order how each fared
//   target_mult, sender_mult    other, where 1
//
// Measures are PUBLISHED. covers_until: the end of 2023. Stamp: none, the loader gives it. Scope:
// whole. What is refused: csv_edition.h. Rejected: a row without number, target or sender, with a
// year outside of 1900 to 2023, an end before its begin, or a flag that is not 0 or 1; a second row
// of a case.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& GsdbCsvFormat();

}  // namespace dossier

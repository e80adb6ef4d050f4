// Adapter "sipri-orders-json" of the source "sipri-orders": orders as the web interface of SIPRI's
// arms-transfer database hands them out, an array of flat objects, one an order.
//
// The file explains nothing. What its keys mean was found by holding one, of 1,213 orders from
// Russia, against the register: the table of March 2024 (16 columns) has as many deals of Russia's
// that were ordered since 1990, and the exports of April 2024 with deal numbers have 1,194 of them,
// all that had deliveries:
//
//   tradeId         the register's "SIPRI AT Database ID": supplier, recipient, designation and
//                   order year agree for 1,194 of 1,194. deal_id, and the record's key ("65109"),
//                   since it stays: the export of February 2026 with deliveries since 1995 has all
//                   1,136 that it can have
//   id              a number of the interface's own; no export has it, and whether it stays is not
//                   known. In the locator's element alone ("trade 65109, id 220553")
//   buyer, seller, desg, desc, category     recipient, supplier, designation, description, category
//   orderYr         year of the order; 0: none given. orderYrEst agrees with the register's mark
//                   "?" for 1,194 of 1,194
//   units           number ordered, 1,194 of 1,194; missing: none given. unitsEst as above
//   deliveryYr      the year of the last delivery of a deal that is closed: so for 1,166 of 1,169,
//                   1,165 of which saw all units delivered (one ended with 350 of 500). The other 3
//                   have no delivery in the register, and left it by March 2025. 0: still open; of
//                   44, 28 had deliveries. Neither the first year nor a planned one
//   status          N new, S second-hand, R second-hand but modernised: 1,194 of 1,194
//   locInvolvement  126065 or 126074: the register says of all 62 such deals that they have local
//                   production; comments speak of licences for the one, assembly for the other
//
// So a year becomes one delivery in that year, without a number: of earlier ones the file is
// silent, and what follows from it (delivered in full by that year) the register bears out for all
// but 4 of 1,169. 0 becomes none. Flags are set where true and left unset where false, as the
// register's "?". Into the raw text goes what has no field, or no stated meaning, under its key:
// status codes other than these; statusEst where true; locInvolvement, as a code; transferType,
// reason1700 and note, of which comments suggest something (126067 aid, 126053 lease, 126052
// illegal ...) but nothing proves it; and every key that is not named here. null is as a missing
// key.
//
// An object is rejected that lacks a key (all but units, statusEst and the codes must be there),
// has another type under one, or has one twice. The edition is refused (InvalidArgument) when it is
// no JSON in UTF-8 to its end, no array, or has no order that reads; ResourceExhausted beyond
// 64 MiB.
//
// Scope: the file does not say what it selects, and its rows do not show all of it: the one above
// leaves out 35 deals ordered before 1990, with deliveries up to 2016. So its silence ends nothing:
// additions only; with the supplier, if all rows have one, and the recipient likewise. No publish
// stamp. covers_until: the end of the last year of delivery.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& SipriOrdersJsonFormat();

}  // namespace dossier

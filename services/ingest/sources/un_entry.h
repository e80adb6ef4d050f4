// One entry of the UN Security Council's Consolidated List, INDIVIDUAL or ENTITY, and where its
// elements go in v1::Sanction. Texts are kept in one line (one_line.h); empty elements say nothing.
//
//   REFERENCE_NUMBER          the record's key and, after "un:", the party's id, without white
//                             space ("QDi.430"); an identifier; required
//   FIRST_NAME .. FOURTH_NAME the primary name: joined by blanks, and in parts; one is required
//   NAME_ORIGINAL_SCRIPT      a name, VARIATION
//   *_ALIAS                   a name: QUALITY Good or Low (of individuals) as its quality, a.k.a.
//                             or f.k.a. (of entities) as its kind; NOTE; DATE_OF_BIRTH and other
//                             elements as parts
//   TITLE, DESIGNATION        title, position; a VALUE each
//   NATIONALITY               a VALUE each
//   UN_LIST_TYPE, LIST_TYPE   programme, list
//   LISTED_ON                 date LISTED
//   LAST_DAY_UPDATED          date AMENDED, a VALUE each
//   *_DATE_OF_BIRTH           birth: DATE, or YEAR, or FROM_YEAR and TO_YEAR; TYPE_OF_DATE
//                             APPROXIMATELY as is_approximate (EXACT and BETWEEN show in what is
//                             set); NOTE
//   *_PLACE_OF_BIRTH          birth: STREET, CITY, STATE_PROVINCE joined as place; COUNTRY; NOTE
//   *_DOCUMENT                identifier: TYPE_OF_DOCUMENT and TYPE_OF_DOCUMENT2 as printed kind,
//                             NUMBER, ISSUING_COUNTRY or else COUNTRY_OF_ISSUE, DATE_OF_ISSUE; all
//                             else in its note
//   *_ADDRESS                 address
//   GENDER                    gender
//   COMMENTS1                 remarks, whole; "[Old Reference # E.29.I.1]" in it is also a claim
//                             SUPERSEDED_ID on "un:E.29.I.1"
//   DATAID, VERSIONNUM        not content: the publisher's row number (KPe.068 has had two) and
//                             always 1. DATAID is in the locator: "INDIVIDUAL QDi.430 (DATAID 1)"
//   any other                 other, under its name
//
// A date that does not read as one is kept as printed; so is one with a zone ("2014-07-30-04:00").
// What the format does not have at a place is kept beside the text there ("NAME: TEXT").
#pragma once

#include <optional>

#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/country_names.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {

// One thread at a time.
class UnEntryReader {
 public:
  // `table` must outlive it.
  explicit UnEntryReader(const ActorTable& table);

  // Fills in all of the record but its lines, or says why it is rejected; its key, if it has one.
  std::optional<v1::Rejection> Read(const XmlElement& entry, EditionRecord& record) const;

 private:
  void ReadField(const XmlElement& field, v1::Sanction& sanction) const;
  void ReadDocument(const XmlElement& field, v1::Sanction& sanction) const;
  void ReadPlaceOfBirth(const XmlElement& field, v1::Sanction& sanction) const;
  void ReadAddress(const XmlElement& field, v1::Sanction& sanction) const;

  const CountryNames countries_;
};

}  // namespace dossier

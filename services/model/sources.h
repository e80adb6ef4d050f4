// What the project knows of a source beside its editions: whose list or collection it is, whether
// it was closed, and what its readers should know.
#pragma once

#include <span>
#include <string_view>

namespace dossier {

struct SourceFacts {
  std::string_view id;              // "ofac-sdn"
  std::string_view list = {};       // "Specially Designated Nationals and Blocked Persons List"
  std::string_view authority = {};  // "OFAC, US Department of the Treasury"
  std::string_view sender = {};     // actor id of who imposes: "state:USA"; empty: its records tell
  // Sources of one family number their parties alike ("ofac:7157"). Empty: none.
  std::string_view family = {};
  // Which list of its family it is; sources of the same one carry the same list, so that an entry
  // has moved only where it left for another. Empty: it is no single list.
  std::string_view family_list = {};
  std::string_view closed_date = {};  // ISO 8601; empty: it goes on
  std::string_view closed_note = {};  // what took its place
};

// Null: not a source of sanctions that the project knows.
const SourceFacts* FindSource(std::string_view id);
std::span<const SourceFacts> SanctionSources();

struct TreatySourceFacts {
  std::string_view id;               // "untc"
  std::string_view collection = {};  // "United Nations Treaty Collection, status of treaties"
  std::string_view publisher = {};   // "United Nations, Treaty Section"
  std::string_view note = {};        // what its silence does not say; empty: nothing known
};

// Null: not a source of treaties that the project knows.
const TreatySourceFacts* FindTreatySource(std::string_view id);

}  // namespace dossier

// Joins the rows of the project's table with ISO 3166 (actor_table.h): one actor from each id.
#pragma once

#include <string_view>
#include <vector>

#include "dossier/v1/query_service.pb.h"

namespace dossier {

struct JoinedActor {
  v1::Actor actor;
  // Codes of ISO 3166-3, alpha-3 and alpha-2, under which ISO listed it before.
  std::vector<std::string_view> former_codes;
  // Names as SIPRI prints them; also among actor.names.
  std::vector<std::string_view> sipri_names;
};

// Every actor of the table, by id. A row that does not read is a bug of ours and ends the program.
std::vector<JoinedActor> JoinActorRows();

}  // namespace dossier

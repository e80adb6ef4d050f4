// Rows in the layout of ATOP's tables, of made-up alliances, from the cells that matter to a test.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace dossier {

inline std::string AtopMemberHeader() {
  return "atopid,cowid,cow4id,member,cowsys,yrent,moent,dayent,yrexit,moexit,dayexit,ineffect,"
         "bilat,phase,maxphase,wartime,cowwar,estmode,pubsecr,secrart,proadd,futmem,speclgth,"
         "length,renounce,proren,renewlgt,term,termmode,termcaus,defense,offense,neutral,nonagg,"
         "consul,active,conditio,defcon,offcon,neucon,concon,defcoadv,defcoloc,defcocon,defconum,"
         "defcodem,defconpr,offcoadv,offcoloc,offcocon,offconum,offcodem,neucoadv,neucoloc,"
         "neucocon,neuconum,neucodem,neuconpr,neucoatt,concoadv,concoloc,concocon,concoreq,olimob,"
         "asymm,obvary,notaiden,dipaid,terrres,seppeace,thirdcom,noothall,specthrt,statthr1,"
         "statthr2,conwtin,medarb,milcon,milaid,intcom,subord,organ1,orgpurp1,organ2,orgpurp2,base,"
         "contrib,armred,acqterr,divgains,demwith,reflnun,refothio,natrefal,compag,nomicoop,conres,"
         "agprois,conmen,ecaid,interv,source,new4,rev4,version\n";
}

inline std::string AtopAllianceHeader() {
  std::string header =
      "atopid,cowid,cow4id,begyr,begmo,begday,endyr,endmo,endday,ineffect,bilat,maxphase,wartime,"
      "estmode,pubsecr,secrart,proadd,futmem,speclgth,length,renounce,proren,renewlgt,term,"
      "defense,offense,neutral,nonagg,consul,active,conditio,defcon,offcon,neucon,concon,asymm,"
      "notaiden,dipaid,terrres,seppeace,thirdcom,noothall,specthrt,statthr1,statthr2,conwtin,"
      "medarb,milcon,milaid,intcom,subord,organ1,orgpurp1,organ2,orgpurp2,base,contrib,armred,"
      "acqterr,divgains,demwith,reflnun,refothio,natrefal,compag,nomicoop,conres,agprois,conmen,"
      "ecaid,interv,";
  for (int slot = 1; slot <= 59; ++slot) absl::StrAppend(&header, "mem", slot, ",");
  return header + "source,new4,rev4,version,hinst,minst,milorg,milinst,pubtreat,formorg,formal\n";
}

// A row of a header's cells: as given, else as of `defaults`, else 0.
inline std::string AtopCells(const std::string& header,
                             const std::map<std::string, std::string>& defaults,
                             const std::map<std::string, std::string>& given) {
  std::vector<std::string> cells;
  for (absl::string_view heading : absl::StrSplit(absl::StripSuffix(header, "\n"), ',')) {
    std::string cell = absl::StartsWith(heading, "mem") ? "" : "0";
    for (const auto* texts : {&defaults, &given}) {
      const auto text = texts->find(std::string(heading));
      if (text != texts->end()) cell = text->second;
    }
    cells.push_back(std::move(cell));
  }
  return absl::StrJoin(cells, ",") + "\n";
}

// Great Britain in alliance 7000, from 1900-01-01 on, where the test does not say otherwise.
inline std::string AtopMember(const std::map<std::string, std::string>& cells) {
  return AtopCells(AtopMemberHeader(),
                   {{"atopid", "7000"},
                    {"cowid", ""},
                    {"cow4id", ""},
                    {"member", "200"},
                    {"yrent", "1900"},
                    {"moent", "1"},
                    {"dayent", "1"},
                    {"ineffect", "1"},
                    {"version", "4.01"}},
                   cells);
}

// Alliance 7000 of Great Britain and France, from 1900-01-01 on.
inline std::string AtopAlliance(const std::map<std::string, std::string>& cells) {
  return AtopCells(AtopAllianceHeader(),
                   {{"atopid", "7000"},
                    {"cowid", ""},
                    {"cow4id", ""},
                    {"begyr", "1900"},
                    {"begmo", "1"},
                    {"begday", "1"},
                    {"ineffect", "1"},
                    {"mem1", "200"},
                    {"mem2", "220"},
                    {"version", "4.0100002"}},
                   cells);
}

}  // namespace dossier

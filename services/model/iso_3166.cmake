# Writes ISO 3166-1 and -3, as Debian's iso-codes package has them, as the C++ table IsoRows():
#   cmake -DISO_3166_1=... -DISO_3166_3=... -DOUTPUT=iso_3166.cc -P iso_3166.cmake
cmake_minimum_required(VERSION 3.25)

# Sets `out` to a C++ string literal of a field of an entry, empty where the entry has none.
function(literal out entry field)
  string(JSON value ERROR_VARIABLE missing GET "${entry}" ${field})
  if(missing)
    set(value "")
  endif()
  string(REPLACE "\\" "\\\\" value "${value}")
  string(REPLACE "\"" "\\\"" value "${value}")
  set(${out} "\"${value}\"" PARENT_SCOPE)
endfunction()

set(rows "")
foreach(part 1 3)
  file(READ "${ISO_3166_${part}}" json)
  string(JSON count LENGTH "${json}" "3166-${part}")
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON entry GET "${json}" "3166-${part}" ${i})
    set(cells "")
    foreach(field alpha_2 alpha_3 name common_name official_name withdrawal_date numeric)
      literal(cell "${entry}" ${field})
      string(APPEND cells "${cell}, ")
    endforeach()
    string(APPEND rows "    {${cells}},\n")
  endforeach()
endforeach()

file(WRITE "${OUTPUT}" "#include \"services/model/actor_table.h\"

namespace dossier {
namespace {

constexpr IsoRow kRows[] = {
${rows}};

}  // namespace

std::span<const IsoRow> IsoRows() { return kRows; }

}  // namespace dossier
")

// A table for people: aligned by display width, and cut so that it fits the terminal.
//
//   Table table({{"supplier", Table::kText | Table::kShrinks}, {"TIV", Table::kNumber}});
//   table.AddRow({"France", "1,320"});
//   table.Print(terminal.out, terminal.width);
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace dossier {

class Table {
 public:
  enum Trait : unsigned {
    kText = 0,
    kNumber = 1,   // right-aligned
    kShrinks = 2,  // its cells may be cut where the table is too wide
    kOptional = 4  // left out, last one first, where shrinking is not enough
  };
  struct Column {
    std::string heading;
    unsigned traits = kText;
  };

  explicit Table(std::vector<Column> columns);

  // One cell a column; control characters in it are shown as "?".
  void AddRow(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }

  // Heading, rule and rows, each line after `indent` blanks. Width 0: nothing is cut.
  void Print(std::ostream& out, int width, int indent = 0) const;

 private:
  std::vector<int> NaturalWidths() const;
  std::vector<int> FittedWidths(int width) const;  // 0: the column is left out

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace dossier

#include "store/sql/dialect.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/ensure.h"

namespace hoopoe::store::sql {

namespace {

using Spelling = std::pair<std::string_view, std::string_view>;

constexpr std::array<Spelling, 8> spellings = {{
    // "integer primary key" makes the id the key of the table's own tree: no second index.
    {"id", "integer"},
    {"int", "integer"},
    {"time", "integer"},
    {"bool", "integer"},
    {"bytes", "blob"},
    // BINARY is SQLite's default order; PostgreSQL will need collate "C" here to sort alike.
    {"text", "text"},
    {"strict", "strict"},
    {"clustered", "strict, without rowid"},
}};

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";

bool is_of_one(std::string_view parameter, Sql::ListsOfOne lists) {
  const unsigned number = parameter_number(parameter);
  ensure(number <= Sql::lists_max, "a list is one of the first parameters");
  return ((lists >> (number - 1)) & 1U) != 0;
}

std::string spell(std::string_view token, Sql::ListsOfOne lists) {
  for (const auto& [name, spelling] : spellings) {
    if (token == name) return std::string(spelling);
  }
  const std::size_t colon = token.find(':');
  const std::string_view name = token.substr(0, colon);
  ensure(colon != std::string_view::npos && (name == "ids" || name == "texts"),
         "a token of the SQL is one that the dialect knows");
  const std::string parameter(token.substr(colon + 1));
  if (is_of_one(parameter, lists)) return "(" + parameter + ")";
  // PostgreSQL: (select unnest($1::bigint[])).
  return "(select value from json_each(" + parameter + "))";
}

}  // namespace

unsigned parameter_number(std::string_view name) {
  constexpr std::string_view rule = "parameters are named $1, $2 ...";
  ensure(name.starts_with('$'), rule);
  unsigned number = 0;
  const char* const last = name.data() + name.size();
  const auto [end, error] = std::from_chars(name.data() + 1, last, number);
  ensure(error == std::errc{} && end == last && number > 0, rule);
  return number;
}

std::string expand(Sql sql) {
  std::string_view text = sql.text();
  std::string expanded;
  while (true) {
    const std::size_t open = text.find('{');
    expanded += text.substr(0, open);
    if (open == std::string_view::npos) return expanded;
    text.remove_prefix(open);
    // A brace that no name follows is not ours: '{}' is an empty JSON object.
    if (text.size() < 2 || !letters.contains(text[1])) {
      expanded += text.front();
      text.remove_prefix(1);
      continue;
    }
    const std::size_t close = text.find('}');
    ensure(close != std::string_view::npos, "a token of the SQL ends with a brace");
    expanded += spell(text.substr(1, close - 1), sql.lists_of_one());
    text.remove_prefix(close + 1);
  }
}

}  // namespace hoopoe::store::sql

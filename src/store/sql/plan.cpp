#include "store/sql/plan.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hoopoe::store::sql {

namespace {

constexpr std::array<std::string_view, 6> planned = {"select", "with",   "insert",
                                                     "update", "delete", "replace"};
// The wrapper's own tables: a row per migration, a row per server.
constexpr std::array<std::string_view, 2> own_tables = {"schema_migrations", "newest_ids"};

bool has_plan(std::string_view statement) {
  const std::size_t start = statement.find_first_not_of(" \n\t");
  if (start == std::string_view::npos) return false;
  return std::ranges::any_of(
      planned, [&](std::string_view verb) { return statement.substr(start).starts_with(verb); });
}

// Of a query under a name, "with one as (...)": its steps are looked at where it is made.
std::set<std::string> made_in_the_plan(const std::vector<std::string>& steps) {
  std::set<std::string> names;
  for (const std::string& step : steps) {
    for (const std::string_view maker : {"MATERIALIZE ", "CO-ROUTINE "}) {
      if (step.starts_with(maker)) names.insert(step.substr(maker.size()));
    }
  }
  return names;
}

bool is_slow(std::string_view step, const std::set<std::string>& small_tables) {
  if (step.starts_with("USE TEMP B-TREE")) return true;
  constexpr std::string_view scan = "SCAN ";
  if (!step.starts_with(scan)) return false;
  const std::string_view rest = step.substr(scan.size());
  const std::string_view table = rest.substr(0, rest.find(' '));
  if (table == "json_each" || table == "CONSTANT" || table.starts_with("(")) return false;
  if (rest.contains("VALUES CLAUSE")) return false;
  return std::ranges::find(own_tables, table) == own_tables.end() &&
         !small_tables.contains(std::string(table));
}

}  // namespace

std::vector<PlanFault> plan_faults(Read& read, const std::set<std::string>& statements,
                                   const PlanRules& rules) {
  std::vector<PlanFault> faults;
  for (const std::string& statement : statements) {
    const auto covers = [&](const std::string& part) { return statement.contains(part); };
    if (!has_plan(statement) || std::ranges::any_of(rules.exempt, covers)) continue;
    const std::vector<std::string> steps = read.explain(Sql::built(statement));
    std::set<std::string> small_tables = made_in_the_plan(steps);
    small_tables.insert(rules.small_tables.begin(), rules.small_tables.end());
    for (const std::string& step : steps) {
      if (is_slow(step, small_tables)) faults.push_back({.statement = statement, .step = step});
    }
  }
  return faults;
}

}  // namespace hoopoe::store::sql

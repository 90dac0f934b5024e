#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hoopoe::store::sql {

// The text of a statement. Only a literal becomes one by itself, so that nothing that came from outside is
// ever part of a statement: values travel as parameters $1, $2 ... (in any order, as often as needed).
//
// What engines spell differently is written as a token and spelt here, once:
//   {id} {int} {time} {bool} {bytes} {text}   column types
//   {strict} {clustered}                how a "create table (...)" ends: rows in order of insertion or id, or
//                                       rows kept in the order of their primary key
//   {ids:$1} {texts:$1}                 a list as one parameter: "where id in {ids:$1}"; of one value it is
//                                       that value, which the engine finds without making a table of it
class Sql {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is meant to pass for a statement
  consteval Sql(const char* text) : text_(text) {}

  // For text put together by the program from literals of its own, and by no one else. It must outlive the
  // call only.
  static Sql built(std::string_view text) { return {text, 0}; }

  // Bit n: the list that is parameter $n+1 holds one value.
  using ListsOfOne = std::uint32_t;
  static constexpr unsigned lists_max = 32;  // no list is a parameter after this one
  Sql with(ListsOfOne lists) const { return {text_, lists}; }

  std::string_view text() const { return text_; }
  ListsOfOne lists_of_one() const { return lists_of_one_; }

 private:
  Sql(std::string_view text, ListsOfOne lists) : text_(text), lists_of_one_(lists) {}

  std::string_view text_;
  ListsOfOne lists_of_one_ = 0;
};

// 7 of "$7". Any other name of a parameter is a bug.
unsigned parameter_number(std::string_view name);

// The text as this engine wants it. An unknown token is a bug.
std::string expand(Sql sql);

}  // namespace hoopoe::store::sql

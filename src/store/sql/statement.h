#pragma once

#include <algorithm>
#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ensure.h"
#include "store/sql/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace hoopoe::store::sql {

// One row of an answer, good until the next one is asked for. A column read as a type that it does not hold,
// or NULL read as anything but std::optional or Id, is a bug.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}

  // A string_view or a span is good until the next row.
  template <class T>
  T get(int column) const;

  bool is_null(int column) const;

 private:
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;
  std::span<const std::byte> bytes(int column) const;

  sqlite3_stmt* statement_;
};

// A prepared statement. It belongs to one connection, and so to one thread at a time.
class Statement {
 public:
  // Throws SqlError where the text is wrong.
  Statement(sqlite3* connection, std::string_view text);

  // Parameter n of the list is $n+1 of the text. All of them are used, and no more: else it is a bug.
  enum class Lifetime { of_call, of_statement };
  void bind(std::span<const Parameter> parameters, Lifetime lifetime);
  // True: there is a row. False: done.
  bool step();
  void reset();

  Row row() const { return Row(handle_.get()); }
  const std::string& text() const { return text_; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };

  void find_parameters();
  void bind_one(int position, const Parameter& parameter, Lifetime lifetime);

  sqlite3* connection_;
  std::string text_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  // Where the engine keeps $1, $2 ...: it numbers them in order of appearance.
  std::vector<int> positions_;
};

template <class T>
T Row::get(int column) const {
  if constexpr (is_optional<T>) {
    return is_null(column) ? T{} : T{get<typename T::value_type>(column)};
  } else if constexpr (is_id<T>) {
    return is_null(column) ? T{} : T{integer(column)};
  } else if constexpr (std::same_as<T, Time>) {
    return from_milliseconds(integer(column));
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<T>(integer(column));
  } else if constexpr (std::same_as<T, bool>) {
    return integer(column) != 0;
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(real(column));
  } else if constexpr (std::integral<T>) {
    const std::int64_t value = integer(column);
    ensure(std::in_range<T>(value), "the number of a column fits its type");
    return static_cast<T>(value);
  } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view>) {
    return T(text(column));
  } else if constexpr (std::same_as<T, std::span<const std::byte>>) {
    return bytes(column);
  } else {
    static_assert(ByteRange<T>, "no column is read as this type");
    const std::span<const std::byte> source = bytes(column);
    T value{};
    if constexpr (requires { value.resize(source.size()); }) value.resize(source.size());
    ensure(std::size(value) == source.size(), "the bytes of a column fill their array");
    std::ranges::copy(source, std::as_writable_bytes(std::span(value)).begin());
    return value;
  }
}

}  // namespace hoopoe::store::sql

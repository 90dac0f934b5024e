// Any bytes as a JSON body; and an object of texts says what the same names and values say as a form.

#include <boost/json.hpp>

#include "tests/fuzz/parameters.h"

namespace {

using namespace hoopoe;
using namespace hoopoe::tests;
namespace json = boost::json;

constexpr std::string_view content_type = "application/json";

void read_composed(std::string_view text) {
  Pairs pairs = pairs_of_lines(text);
  json::object object;
  json::array values;
  for (const auto& [name, value] : pairs) {
    object[name] = value;
    values.emplace_back(value);
  }
  Pairs kept;
  for (const auto& [name, value] : object) {
    kept.emplace_back(std::string(name), std::string(value.get_string()));
  }
  const auto read = read_body(content_type, json::serialize(object));
  require(read.has_value() == may_be_sent(kept));
  if (read) check_same(*read, kept);

  // A list says each of its values, and an empty one that it is empty.
  const auto list = read_body(content_type, json::serialize(json::object{{"a", values}}));
  if (!list) return;
  require(list->has("a") && list->all("a").size() == values.size() && list->size() == values.size());
  require(list->get("a[]").has_value() != values.empty());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text(data, size);
  const auto read = read_body(content_type, text);
  if (read && !text.empty()) {
    check_parameters(*read);
    // Each says its own name, and a name of names is at least as long as the parts.
    require(read->size() <= text.size());
    boost::system::error_code error;
    require(json::parse(text, error).is_object() && !error);
  }
  read_composed(text);
  return 0;
}

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/http.h"

namespace hoopoe::net {

// One uploaded file of a multipart/form-data body.
struct File {
  std::string name;  // of the parameter
  std::string filename;
  std::string content_type;  // as the client claims
  std::string bytes;
};

// All parameters of a request, wherever they came from: the query, then the body as form, multipart or JSON.
// Apps use each of these for the same call (Mastodon API), so a handler doesn't ask which.
//
// JSON is flattened to the names a form would use: {"poll": {"options": ["a", "b"]}} is poll[options][]=a and
// poll[options][]=b. Objects in a list keep their place: fields_attributes[0][name]. null is absent.
class Parameters {
 public:
  // "fields_attributes[0][name]" has 26. Bounded, because flattened JSON repeats an outer name for each inner
  // one.
  static constexpr std::size_t name_bytes_max = 256;

  Parameters() = default;
  // Refuses (bad_request, with what to do) what is malformed: percent-encoding, UTF-8, NUL, JSON, multipart,
  // an unknown content type, too many or too deep.
  // The body is gone then: what it held is here.
  static Parameters of(Request& request);

  // The last value sent under that name, as Rails has it: the body wins over the query.
  std::optional<std::string_view> get(std::string_view name) const;
  // Every value, sent as `name` or `name[]`, in order.
  std::vector<std::string_view> all(std::string_view name) const;
  // Sent at all, even as an empty list: {"media_ids": []} says to remove them, and absence says nothing.
  bool has(std::string_view name) const;

  // true 1 on t yes; false 0 off f no; "" is absent. Refuses anything else.
  std::optional<bool> flag(std::string_view name) const;
  // A decimal number with an optional minus; "" is absent. Refuses anything else.
  std::optional<std::int64_t> integer(std::string_view name) const;
  // The members of a list of objects, under their inner names: of `fields[0][name]=a&fields[1][name]=b`, and
  // of `fields[][name]=a&fields[][name]=b`, where a name that comes again starts the next object.
  std::vector<Parameters> each(std::string_view name) const;

  // Every file sent under that name, in order; no longer here.
  std::vector<File> take_files(std::string_view name);
  std::size_t size() const { return values_.size(); }

  // --- For the readers of the formats. Each refuses what breaks a limit.
  void add(std::string_view name, std::string_view value);
  void add_empty_list(std::string_view name);
  void add_file(File file);
  static void check_name(std::string_view name);

 private:
  std::vector<std::pair<std::string, std::string>> values_;
  std::vector<std::string> empty_lists_;
  std::vector<File> files_;
};

// Each adds what its format holds, or refuses it. `what` names the place in a refusal: "query", "form".
void read_urlencoded(std::string_view text, std::string_view what, Parameters& into);
void read_multipart(std::string_view body, std::string_view content_type, Parameters& into);
void read_json(std::string_view body, Parameters& into);

}  // namespace hoopoe::net

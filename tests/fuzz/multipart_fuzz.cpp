// Any bytes as a multipart body; and what is composed as one is read back as it was.

#include "tests/fuzz/parameters.h"

namespace {

using namespace hoopoe;
using namespace hoopoe::tests;

constexpr std::string_view content_type = "multipart/form-data; boundary=b";

void check_file(const net::File& file, std::string_view body) {
  require(net::is_clean_utf8(file.name) && net::is_clean_utf8(file.filename) &&
          net::is_clean_utf8(file.content_type));
  require(file.name.size() <= net::Parameters::name_bytes_max && file.filename.size() <= body.size());
  require(body.contains(file.bytes) && !file.bytes.contains("\r\n--b"));
}

void read_any(std::string_view body) {
  auto read = read_body(content_type, body);
  if (!read) return;
  check_parameters(*read);
  for (const char* name : {"a", "id", "a[b]"}) {
    for (const std::string_view value : read->all(name)) {
      require(body.contains(value) && !value.contains("\r\n--b"));
    }
    for (const net::File& file : read->take_files(name)) check_file(file, body);
  }
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// Lines "name=value", each a part of its own. A name cannot hold the end of its line, nor a value the
// boundary.
void read_composed(std::string_view text) {
  Pairs pairs = pairs_of_lines(text);
  std::string body;
  std::string files;
  for (const auto& [name, value] : pairs) {
    if (name.contains('\r') || name.size() > net::Parameters::name_bytes_max ||
        ("\r\n" + value).contains("\r\n--b")) {
      return;
    }
    body += "--b\r\nContent-Disposition: form-data; name=" + quoted(name) + "\r\n\r\n" + value + "\r\n";
    files = "--b\r\nContent-Type: image/jpeg\r\ncontent-disposition: form-data; filename=\"a;b.jpg\"; name=" +
            quoted(name) + "\r\n\r\n" + value + "\r\n";
  }
  if (pairs.empty()) return;
  auto read = read_body(content_type, body + files + "--b--\r\n");
  require(read.has_value() == may_be_sent(pairs));
  if (!read) return;
  check_same(*read, pairs);
  const std::vector<net::File> read_files = read->take_files(pairs.back().first);
  require(read_files.size() == 1 && read_files[0].bytes == pairs.back().second &&
          read_files[0].filename == "a;b.jpg" && read_files[0].content_type == "image/jpeg");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text(data, size);
  read_any(text);
  // What boundary a client names is any text as well.
  static_cast<void>(read_body("multipart/form-data" + std::string(text.substr(0, text.find('\n'))),
                              text.substr(std::min(text.find('\n'), text.size()))));
  read_composed(text);
  return 0;
}

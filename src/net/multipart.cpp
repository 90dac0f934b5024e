#include <algorithm>

#include "base/refusal.h"
#include "net/encoding.h"
#include "net/parameters.h"

// multipart/form-data as browsers and apps send it (RFC 7578).
namespace hoopoe::net {
namespace {

constexpr std::size_t boundary_bytes_max = 70;  // RFC 2046, section 5.1.1
constexpr std::size_t part_head_bytes_max =
    4'096;  // a file name is 255 bytes, percent-encoded three times that
constexpr std::size_t file_text_bytes_max = 1'024;  // of a file name, of a content type

[[noreturn]] void refuse(const char* text) { throw Refusal(RefusalKind::bad_request, text); }

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// A quoted string at the front of `text`, without its quotes; only \" and \\ are escapes, so that
// "C:\photo.jpg" of an old browser stays whole. Removes it from text.
std::string take_quoted(std::string_view& text) {
  std::string value;
  text.remove_prefix(1);
  while (!text.empty() && text.front() != '"') {
    const bool escaped = text.size() > 1 && text[0] == '\\' && (text[1] == '"' || text[1] == '\\');
    if (escaped) text.remove_prefix(1);
    value += text.front();
    text.remove_prefix(1);
  }
  if (text.empty()) refuse("A part of the multipart body has a quote that doesn't end.");
  text.remove_prefix(1);
  return value;
}

// The parameter of a field such as `form-data; name="file"; filename="a;b.jpg"`.
std::optional<std::string> field_parameter(std::string_view field, std::string_view name) {
  field.remove_prefix(std::min(field.find(';'), field.size()));
  while (!field.empty()) {
    field.remove_prefix(1);
    const auto key = field.substr(0, field.find_first_of("=;"));
    field.remove_prefix(key.size());
    std::string value;
    if (field.starts_with('=')) {
      field.remove_prefix(1);
      field.remove_prefix(std::min(field.find_first_not_of(" \t"), field.size()));
      if (field.starts_with('"')) value = take_quoted(field);
      const auto bare = field.substr(0, field.find(';'));
      value += trim(bare);
      field.remove_prefix(bare.size());
    }
    if (equal_ignoring_case(trim(key), name)) return value;
  }
  return std::nullopt;
}

struct PartHead {
  std::optional<std::string> name;
  std::optional<std::string> filename;
  std::string content_type;
};

PartHead parse_part_head(std::string_view lines) {
  PartHead head;
  while (!lines.empty()) {
    const auto line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(std::min(line.size() + 2, lines.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) refuse("A part of the multipart body has a malformed header line.");
    const auto value = trim(line.substr(colon + 1));
    if (equal_ignoring_case(line.substr(0, colon), "Content-Disposition")) {
      head.name = field_parameter(value, "name");
      head.filename = field_parameter(value, "filename");
    } else if (equal_ignoring_case(line.substr(0, colon), "Content-Type")) {
      head.content_type = value;
    }
  }
  if (!head.name) refuse("A part of the multipart body has no name.");
  return head;
}

void add_part(std::string_view part, Parameters& into) {
  const auto head_end = part.starts_with("\r\n") ? 0 : part.substr(0, part_head_bytes_max).find("\r\n\r\n");
  if (head_end == std::string_view::npos)
    refuse("A part of the multipart body has no end of its header lines.");
  auto head = parse_part_head(part.substr(0, head_end));
  const auto bytes = part.substr(head_end + 4);
  if (!head.filename) return into.add(*head.name, bytes);
  // What a browser sends for a file field that was left empty.
  if (head.filename->empty() && bytes.empty()) return;
  const bool clean =
      is_clean_utf8(*head.name) && is_clean_utf8(*head.filename) && is_clean_utf8(head.content_type);
  if (!clean || head.filename->size() > file_text_bytes_max ||
      head.content_type.size() > file_text_bytes_max) {
    refuse("A file's name has to be UTF-8 text of moderate length.");
  }
  into.add_file({.name = std::move(*head.name),
                 .filename = std::move(*head.filename),
                 .content_type = std::move(head.content_type),
                 .bytes = std::string(bytes)});
}

}  // namespace

void read_multipart(std::string_view body, std::string_view content_type, Parameters& into) {
  const auto boundary = field_parameter(content_type, "boundary").value_or("");
  if (boundary.empty() || boundary.size() > boundary_bytes_max) {
    refuse("multipart/form-data needs a boundary of 1 to 70 characters in Content-Type.");
  }
  // Each part ends with this; the first one's line break is that before the body.
  const std::string delimiter = "\r\n--" + boundary;
  if (!body.starts_with(std::string_view(delimiter).substr(2))) {
    refuse("The multipart body doesn't start with its boundary.");
  }
  body.remove_prefix(delimiter.size() - 2);
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) refuse("The multipart body has a malformed boundary line.");
    body.remove_prefix(2);
    const auto end = body.find(delimiter);
    if (end == std::string_view::npos) refuse("The multipart body ends before its last boundary.");
    add_part(body.substr(0, end), into);
    body.remove_prefix(end + delimiter.size());
  }
}

}  // namespace hoopoe::net

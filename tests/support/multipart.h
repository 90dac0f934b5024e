#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hoopoe::tests {

inline constexpr auto multipart_type = "multipart/form-data; boundary=b";

struct Part {
  std::string name;
  std::string value;
  std::optional<std::string> filename = std::nullopt;
};

// A body of multipart_type as browsers and apps send it (RFC 7578).
inline std::string multipart(const std::vector<Part>& parts) {
  std::string body;
  for (const Part& part : parts) {
    body += "--b\r\nContent-Disposition: form-data; name=\"" + part.name + '"';
    if (part.filename) body += "; filename=\"" + *part.filename + '"';
    body += "\r\n\r\n" + part.value + "\r\n";
  }
  return body + "--b--\r\n";
}

}  // namespace hoopoe::tests

#pragma once

#include <string>

#include "net/http.h"

namespace hoopoe::web {

// Whether the window that opened a page may go on seeing its window (Cross-Origin-Opener-Policy).
enum class Opener { cut_off, kept };

// Whether pages of others may show a page within theirs.
enum class Framed { nowhere, anywhere };

struct SecurityOptions {
  std::string leads_to;  // a source for CSP form-action besides 'self'
  Opener opener = Opener::cut_off;
  Framed framed = Framed::nowhere;
};

// What every answer of this face carries.
void add_security_headers(net::Response& response, const SecurityOptions& options);

}  // namespace hoopoe::web

#pragma once

#include <exception>
#include <string_view>

#include "app/app.h"
#include "net/http.h"

// What people see when a page is not to be had. Never throws.
namespace hoopoe::web {

// A Refusal with its status and its words; of anything else the cause goes to the log and nothing of it to
// the person.
net::Response render_error(app::App& app, const net::Request& request, const std::exception_ptr& error);
// Or, where the address only has too much at its end, as after a sentence in mail, 301 to the one without.
net::Response not_found_page(app::App& app, const net::Request& request);
net::Response method_not_allowed_page(app::App& app, const net::Request& request, std::string_view allow);

}  // namespace hoopoe::web

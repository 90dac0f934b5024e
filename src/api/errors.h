#pragma once

#include <exception>
#include <string>

#include "net/http.h"

namespace hoopoe::api {

// {"error": ..., "error_description"?: ..., "details"?: ...}: what the Mastodon API answers.
net::Response error_answer(int status, const std::string& error, const std::string& description = "");

net::Response method_not_allowed(const std::string& allow);

// Turns what a call threw into an answer. A Refusal shows its public text; anything else is a 500 whose cause
// goes to the log alone.
net::Response render_error(const net::Request& request, const std::exception_ptr& error);

}  // namespace hoopoe::api

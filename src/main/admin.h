#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "app/app.h"

namespace hoopoe {

// What the operator's commands do, as one JSON object each: by the server when one runs on the data, by the
// command itself otherwise.
//   {"command":"account create","handle":"jack","email":"...","password":"...","role":"admin"}
// Returns what to print. Throws Refusal with words for the operator. Waits for the store: never on an io
// thread.
std::string run_admin_command(app::App& app, const boost::json::object& command);

// Whether it is a command that a folder without a store starts with: "account create". Refuses one whose
// words are wrong by themselves, so that no store is made for it.
bool starts_a_store(const boost::json::object& command);

}  // namespace hoopoe

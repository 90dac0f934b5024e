#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/json/object.hpp>

namespace hoopoe {

// The operator's door to a running server: DATA/control.sock, mode 0600, one JSON object a line each way.
//   {"command":"account list"} -> {"output":"..."} or {"error":"..."}
class ControlServer {
 public:
  using Run = std::function<std::string(const boost::json::object&)>;

  // Listens at once; commands run one after another on a thread of its own. A Refusal becomes an error.
  // Throws std::runtime_error when the socket can't be made. Requires: the caller holds the data's lock.
  ControlServer(const std::filesystem::path& socket, Run run);
  ~ControlServer();

 private:
  class Listener;
  std::unique_ptr<Listener> listener_;
};

// Asks the server that runs there: what it printed. None when there is no server. Throws Refusal with its
// error.
std::optional<std::string> ask_server(const std::filesystem::path& socket,
                                      const boost::json::object& command);

}  // namespace hoopoe

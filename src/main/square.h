#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/app.h"
#include "app/bursts.h"
#include "app/home_keeper.h"
#include "app/link_verifier.h"
#include "app/live.h"
#include "base/settings.h"
#include "main/housekeeper.h"
#include "main/site.h"
#include "net/server.h"
#include "web/hub_pings.h"

namespace hoopoe {

// Where http://localhost:8080 and ./data come from.
inline constexpr std::string_view listen_default = "127.0.0.1:8080";
inline constexpr std::string_view data_default = "data";

// The store and what works on it, without a face: what the operator's commands need.
class Core {
 public:
  // Throws store::OpenError in words for the operator.
  Core(const std::filesystem::path& data, Settings settings,
       const std::string& listen = std::string(listen_default));
  ~Core();

  app::App& app() { return app_; }
  const Settings& settings() const { return settings_; }
  // Finishes what runs, in order: nothing waits for what has ended.
  void stop();

 private:
  Settings settings_;
  store::Database db_;
  net::WorkerPool workers_;
  net::WorkerPool drawing_;
  media::Blobs blobs_;
  app::LiveHub live_;
  app::HomeKeeper homes_;
  app::Bursts bursts_;
  app::App app_;
};

// A running server. Throws std::runtime_error or Refusal with words for the operator.
class Square {
 public:
  Square(const std::filesystem::path& data, Settings settings, const std::string& listen);
  ~Square();

  app::App& app() { return core_.app(); }
  // Drains: answers what was asked, refuses what is new, and ends within 4 seconds.
  void stop();

 private:
  Core core_;
  Site site_;
  net::Server server_;
  std::unique_ptr<class ControlServer> control_;
  std::unique_ptr<Housekeeper> housekeeper_;
  std::unique_ptr<app::LinkVerifier> link_verifier_;
  std::unique_ptr<web::HubPings> hub_pings_;  // where there is a hub
};

}  // namespace hoopoe

#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/settings.h"
#include "domain/account.h"
#include "domain/person.h"
#include "media/blobs.h"
#include "net/worker_pool.h"
#include "store/database.h"

namespace hoopoe::app {

class Bursts;
class HomeKeeper;
class LiveHub;

// All that the functions of this tier work with. One for the life of the process; every member may be used
// from every thread.
struct App {
  const Settings& settings;
  const Clock& clock;
  store::Database& db;
  net::WorkerPool& workers;  // for what takes milliseconds of CPU: passwords
  net::WorkerPool& drawing;  // likewise pictures, so that nobody who signs in waits for them
  media::Blobs& blobs;       // the files of photos
  LiveHub& live;
  HomeKeeper& homes;
  Bursts& bursts;
  std::string public_url;  // "https://square.example": what absolute URLs start with
  std::string host;        // "square.example"
  SignUpMode sign_up_mode = SignUpMode::closed;
};

// Where things are, for links that leave this server.
std::string url_of(const App& app, const Account& account);
std::string url_of(const App& app, const Account& author, PostId post);
// Leads there whoever wrote it, under whatever name.
std::string url_of(const App& app, PostId post);
std::string tag_url_prefix(const App& app);

}  // namespace hoopoe::app

#include "main/demo.h"

#include <array>
#include <map>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "app/accounts.h"
#include "app/follow.h"
#include "app/publish.h"
#include "app/react.h"
#include "app/sign_up.h"
#include "base/log.h"
#include "crypto/password.h"
#include "store/accounts.h"
#include "store/people.h"

namespace hoopoe {

namespace {

constexpr std::chrono::milliseconds pause_between_posts{3000};
constexpr int posts_max = 10'000;  // a demonstration that was forgotten ends by itself after some hours

struct Player {
  std::string_view handle;
  std::string_view name;
  std::string_view bio;
};
constexpr std::array players{
    Player{"jack", "Jack Dorsey", "Played by a program, with the words of 1 October 2013."},
    Player{"HassanRouhani", "Hassan Rouhani", "Played by a program, with the words of 1 October 2013."},
    Player{"camanpour", "Christiane Amanpour",
           "Played by a program: named in the exchange of 1 October 2013."},
    Player{"nasrin_sky", "نسرین",
           "نقش‌آفرینِ این نمایش؛ یک برنامه است. ستاره‌شناس."},
    Player{"omid_bakery", "امید، نانوایی", "Played by a program. سنگک تازه، هر روز صبح."},
    Player{"leila_maps", "Leila", "Played by a program. Maps, trains, rivers."},
    Player{"sam_birds", "Sam the birder", "Played by a program. Hoopoes, mostly."},
};

struct Line {
  std::string_view handle;
  std::string_view text;
};
// The exchange: each answers the one before.
constexpr std::array exchange{
    Line{"jack", "@HassanRouhani Good evening, President. Are citizens of Iran able to read your tweets?"},
    Line{"HassanRouhani",
         "Evening, @Jack. As I told @camanpour, my efforts geared 2 ensure my ppl'll comfortably b able 2 "
         "access all "
         "info globally as is their #right."},
    Line{"jack", "@HassanRouhani thank you. Please let us know how we can help to make it a reality."},
};
constexpr std::array chatter{
    Line{"sam_birds", "A hoopoe on the lawn this morning, crest up, entirely unimpressed by me. #birds"},
    Line{"nasrin_sky",
         "امشب زحل را با چشم می‌شود دید؛ رو به جنوب، کمی بالای "
         "افق. "
         "#آسمان"},
    Line{"leila_maps", "The slow train still beats the motorway for the view. #trains"},
    Line{"omid_bakery",
         "نان سنگک از ساعت شش صبح. امروز کنجدش را بیشتر زده‌ایم. "
         "#نان"},
    Line{"sam_birds", "@leila_maps which line runs along the reed beds? Asking for some herons."},
    Line{"leila_maps", "@sam_birds the 14, sit on the left, bring a thermos."},
    Line{"nasrin_sky",
         "عکس خوب از ماه، سه‌پایه می‌خواهد و صبر. #آسمان"},
    Line{"omid_bakery", "@nasrin_sky شب که رصد می‌کنی، نان داغ هم ببر."},
    Line{"leila_maps", "A map is an argument about what matters. #maps"},
    Line{"sam_birds", "Three swifts, one thermal, no plans. #birds"},
};

// One actor at a time, so one io_context a step is enough.
template <class T>
T run(net::Task<T> task) {
  boost::asio::io_context io;
  auto result = boost::asio::co_spawn(io, std::move(task), boost::asio::use_future);
  io.run();
  return result.get();
}

class Cast {
 public:
  explicit Cast(app::App& app) : app_(app) {
    for (const Player& player : players) actors_[player.handle] = enter(player);
    for (const auto& [handle, actor] : actors_) follow_all(actor);
  }

  PostId say(const Line& line, PostId reply_to = {}) {
    const auto view = run(
        app::publish(app_, actors_.at(line.handle), {.text = std::string(line.text), .reply_to = reply_to}));
    return view.post->id;
  }
  void favourite(std::string_view handle, PostId post) {
    run(app::favourite(app_, actors_.at(handle), post));
  }
  void repost(std::string_view handle, PostId post) {
    run(app::repost(app_, actors_.at(handle), post, Visibility::everyone));
  }
  bool has_spoken(std::string_view handle) const {
    return app::account_by_id(app_, actors_.at(handle).account).counts.posts > 0;
  }

 private:
  app::Actor enter(const Player& player) {
    const std::string handle(player.handle);
    app::Actor actor;
    if (const auto account = app::find_account_by_address(app_, handle)) {
      actor.account = account->id;
      actor.person =
          app_.db.read([&](store::Read& read) { return store::people::find_owner(read, account->id)->id; });
      return actor;
    }
    // Nobody signs in as these: the password is not kept.
    const std::string hash = crypto::hash_password(crypto::random_token(32));
    const app::NewAccount made = app_.db.write_blocking([&](store::Write& write) {
      return app::create_account(write, {.handle = handle, .email = handle + "@demonstration.invalid"}, hash,
                                 Role::person);
    });
    actor.person = made.person;
    actor.account = made.account;
    run(app::update_profile(
        app_, actor,
        {.display_name = std::string(player.name), .bio = std::string(player.bio), .bot = true}));
    return actor;
  }

  void follow_all(const app::Actor& actor) {
    for (const auto& [handle, other] : actors_) {
      if (other.account != actor.account) run(app::follow(app_, actor, other.account, {}));
    }
  }

  app::App& app_;
  std::map<std::string_view, app::Actor> actors_;
};

}  // namespace

Demo::Demo(app::App& app) : app_(app), thread_([this](const std::stop_token& stopping) { play(stopping); }) {}

Demo::~Demo() {
  thread_.request_stop();
  thread_.join();
}

bool Demo::pause(const std::stop_token& stopping) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, stopping, pause_between_posts, [] { return false; });
  return !stopping.stop_requested();
}

void Demo::play(const std::stop_token& stopping) {
  try {
    Cast cast(app_);
    PostId last;
    if (!cast.has_spoken("jack")) {
      for (const Line& line : exchange) {
        last = cast.say(line, last);
        if (!pause(stopping)) return;
      }
      cast.favourite("camanpour", last);
      cast.repost("leila_maps", last);
    }
    for (int posted = 0; posted < posts_max; ++posted) {
      const std::size_t turn = static_cast<std::size_t>(posted) % chatter.size();
      last = cast.say(chatter.at(turn));
      if (turn % 3 == 0) cast.favourite("leila_maps", last);
      if (turn % 4 == 0) cast.repost("nasrin_sky", last);
      if (!pause(stopping)) return;
    }
  } catch (const std::exception& error) {
    log::error("the demonstration ended: {}", error.what());
  }
}

}  // namespace hoopoe

#include "main/demo.h"

#include <array>

#include "base/log.h"
#include "main/cast.h"
#include "web/assets.h"

namespace hoopoe {

namespace {

constexpr std::chrono::milliseconds pause_between_posts{3000};
constexpr int posts_max = 10'000;  // a demonstration that was forgotten ends by itself after some hours

constexpr std::array players{
    Player{"jack", "Jack Dorsey", "Played by a program, with the words of 1 October 2013."},
    Player{"HassanRouhani", "Hassan Rouhani", "Played by a program, with the words of 1 October 2013."},
    Player{"camanpour", "Christiane Amanpour",
           "Played by a program: named in the exchange of 1 October 2013."},
    Player{"nasrin_sky", "نسرین",
           "نقش‌آفرینِ این نمایش؛ یک برنامه است. ستاره‌شناس.",
           "fa"},
    Player{"omid_bakery", "امید، نانوایی", "Played by a program. سنگک تازه، هر روز صبح.", "fa"},
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
    Cast cast(app_, players);
    PostId last;
    if (!cast.has_spoken("jack")) {
      for (const Line& line : exchange) {
        last = cast.say(line.handle, line.text, last);
        if (!pause(stopping)) return;
      }
      const PostId talk =
          cast.say("leila_maps",
                   "Birds by day, stars by night: @sam_birds and @nasrin_sky say what they see, all week.");
      cast.hold_event("leila_maps", talk, {"sam_birds", "nasrin_sky"});
      cast.show("sam_birds", "Drawn from memory. It would not sit still. #birds",
                web::find_static_file("avatar.png")->bytes,
                "The head of a hoopoe in a few orange and black strokes, its crest wide open");
      cast.favourite("camanpour", last);
      cast.repost("leila_maps", last);
    }
    for (int posted = 0; posted < posts_max; ++posted) {
      const std::size_t turn = static_cast<std::size_t>(posted) % chatter.size();
      last = cast.say(chatter.at(turn).handle, chatter.at(turn).text);
      if (turn % 3 == 0) cast.favourite("leila_maps", last);
      if (turn % 4 == 0) cast.repost("nasrin_sky", last);
      if (!pause(stopping)) return;
    }
  } catch (const std::exception& error) {
    log::error("the demonstration ended: {}", error.what());
  }
}

}  // namespace hoopoe

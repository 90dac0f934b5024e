#include "base/repeating_thread.h"

#include <condition_variable>
#include <exception>
#include <mutex>

#include "base/log.h"

namespace hoopoe {

namespace {

void repeat(const std::string& name, const RepeatingThread::Work& work, const RepeatingThread::Pause& pause,
            const std::stop_token& stopping) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  while (!stopping.stop_requested()) {
    try {
      work(stopping);
    } catch (const std::exception& error) {
      log::error("{}: {}", name, error.what());
    }
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stopping, pause(), [] { return false; });
  }
}

}  // namespace

RepeatingThread::RepeatingThread(std::string name, Work work, Pause pause)
    : thread_([name = std::move(name), work = std::move(work), pause = std::move(pause)](
                  const std::stop_token& stopping) { repeat(name, work, pause, stopping); }) {}

}  // namespace hoopoe

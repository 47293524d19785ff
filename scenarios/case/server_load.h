// The clients of the web server case studies: what each of them asks for while a request of
// somebody else makes a worker fail, and the board on which all sides write how far they have come
// and what has become of the requests.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_SERVER_LOAD_H_
#define BULKHEAD_SCENARIOS_CASE_SERVER_LOAD_H_

#include "scenarios/case/http_client.h"
#include "scenarios/case/milestone.h"

namespace bulkhead::scenarios {

// In a page that all units share.
struct ServerBoard {
  std::uint16_t port = 0;
  std::uint32_t clients = 0;
  Milestone busy;      // of each client: its upload is in progress, and it has had pages
  Milestone failed;    // the failing request has had its effect
  Milestone noticed;   // of each client: it has asked for a page since, and finished its upload
  Milestone restored;  // what can be done about it has been done
  Milestone done;      // of each client

  std::atomic<std::uint64_t> failed_at{0};  // when the failing request was sent
  std::atomic<std::uint64_t> recovery{0};  // ns from then until the slowest client had a page again
  std::atomic<std::uint64_t> replacement{0};  // ns from then until the master had a fresh worker
  // Requests of the clients, and the failing one.
  std::atomic<std::uint64_t> answered{0}, lost{0}, refused{0};
  std::atomic<std::uint32_t> deserted{0};  // clients who lost their upload and got no page

  // Whether it was answered.
  bool Count(http::Outcome outcome) {
    const bool is_answered = outcome == http::Outcome::kAnswered;
    const bool is_refused = outcome == http::Outcome::kRefused;
    (is_answered ? answered : is_refused ? refused : lost).fetch_add(1);
    return is_answered;
  }

  void ClientRecovers() {
    if (failed_at == 0) return;
    const std::uint64_t took = Now() - failed_at;
    std::uint64_t slowest = recovery;
    while (slowest < took && !recovery.compare_exchange_weak(slowest, took)) {
    }
  }
};

struct Experience {
  bool pages = true;         // each page was there
  bool in_progress = false;  // the upload was finished
};

inline Experience UseServer(ServerBoard& board, std::uint16_t port, std::uint64_t seed) {
  constexpr int kPages = 4;
  const std::uint64_t deadline = Now() + 3'000'000'000;
  auto number = static_cast<std::uint32_t>(seed);
  Experience experience;
  const auto get_page = [&] {
    const bool answered = board.Count(http::GetPage(port, number++, deadline));
    experience.pages = experience.pages && answered;
    return answered;
  };

  http::Upload upload(port, number++, deadline);
  upload.Begin();
  for (int i = 0; i < kPages; ++i) get_page();
  board.busy.Pass();
  while (!board.failed.PassedBy(1) && Now() < deadline) {
    if (!get_page()) board.failed.Await(1, deadline);  // no use in asking on until there is news
  }

  // From here on every request begins after the failure.
  bool recovered = get_page();
  if (recovered) board.ClientRecovers();
  experience.in_progress = board.Count(upload.Finish());
  if (!recovered && !experience.in_progress) board.deserted.fetch_add(1);
  board.noticed.Pass();
  board.restored.Await(1, deadline);
  for (int i = 0; i < kPages; ++i) {
    if (get_page() && !recovered) {
      recovered = true;
      board.ClientRecovers();
    }
  }
  board.done.Pass();
  return experience;
}

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_SERVER_LOAD_H_

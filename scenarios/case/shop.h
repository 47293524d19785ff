// A shop made of services on different hosts.  The gateway (bystander 1) makes a product's page of
// what the catalogue (bystander 2) and the reviews (the victim) say, each asked over the network.
// Without the catalogue there is no page; without reviews there is one that says so.  A dependency
// that has not answered in time once is not asked again (a circuit breaker): the page is late once.
//
// Customers on both hosts order pages in their watch; a wrong or missing page ends the customer,
// and that is what the harness sees.  System calls: nothing that a compiler could remove.
//
// Runs in: unit.
#ifndef BULKHEAD_SCENARIOS_CASE_SHOP_H_
#define BULKHEAD_SCENARIOS_CASE_SHOP_H_

#include "scenarios/host/service.h"

namespace bulkhead::scenarios {

class Shop {
 public:
  static void Prepare(bh_unit* unit) {
    unit_ = unit;
    Service::StartWith(unit, unit->index == kGateway ? PageOf : Tell);
  }

  // In the victim's act: from now on its service takes questions and answers none.
  static void Hang() { hung_ = true; }

  static void Watch(bh_unit* unit) {
    if (unit->index == kVictim) return;
    std::uint64_t took[kPages];
    for (std::uint64_t product = 1; product <= kPages; ++product) {
      const std::uint64_t start = Now();
      std::uint64_t page = 0;
      Require(Service::Ask(unit, kGateway, product, Service::kPatience, page));
      Require(page == (Service::AnswerTo(product) << 1 | 1) || page == Service::AnswerTo(product)
                                                                           << 1);
      took[product - 1] = Now() - start;
    }
    plugin::Samples(unit, "page", took, kPages);
    Service::StayForOthers(unit);
  }

 private:
  static constexpr std::uint32_t kGateway = 1, kCatalogue = 2;
  static constexpr std::uint64_t kPages = 4;
  static constexpr std::uint64_t kReviewPatience = 20'000'000;  // ns

  // The lowest bit: with reviews.
  static std::uint64_t PageOf(std::uint64_t product) {
    std::uint64_t item = 0, reviews = 0;
    Require(Service::Ask(unit_, kCatalogue, product, Service::kPatience, item));
    const bool reviewed =
        !breaker_ && Service::Ask(unit_, kVictim, product, kReviewPatience, reviews);
    breaker_ = !reviewed;
    return item << 1 | (reviewed ? 1 : 0);
  }

  static std::uint64_t Tell(std::uint64_t product) {
    while (hung_) pause();
    return Service::AnswerTo(product);
  }

  static inline bh_unit* unit_ = nullptr;
  static inline std::atomic<bool> hung_{false};
  static inline std::atomic<bool> breaker_{false};
};

}  // namespace bulkhead::scenarios

#endif  // BULKHEAD_SCENARIOS_CASE_SHOP_H_

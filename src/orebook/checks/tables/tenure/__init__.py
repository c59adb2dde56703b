"""Rules on tenure: interests, earn-ins, royalties, permits, milestones, people, documents and claims."""

"""Which of two tutors fits a student better: blind, in both orders, by models and by people."""

"""What the shop sells and where its visitors are."""

from __future__ import annotations

# sku, name, category, price
PRODUCTS: list[tuple[str, str, str, float]] = [
    ("MJ01", "Beaumont Summit Kit", "men", 42.0),
    ("MJ07", "Orion Running Jacket", "men", 78.0),
    ("MS04", "Gobi HeatTec Tee", "men", 29.0),
    ("MT02", "Tristan Endurance Tank", "men", 24.0),
    ("MP05", "Kratos Gym Pant", "men", 57.0),
    ("MH03", "Bruno Compete Hoodie", "men", 63.0),
    ("WJ01", "Stellar Solar Jacket", "women", 75.0),
    ("WJ04", "Ingrid Running Jacket", "women", 84.0),
    ("WS02", "Gabrielle Micro Sleeve Top", "women", 28.0),
    ("WT09", "Breathe-Easy Tank", "women", 34.0),
    ("WP01", "Karmen Yoga Pant", "women", 39.0),
    ("WH08", "Cassia Funnel Sweatshirt", "women", 48.0),
    ("24-MB01", "Joust Duffle Bag", "gear", 34.0),
    ("24-MB04", "Strive Shoulder Pack", "gear", 32.0),
    ("24-UG01", "Quest Lumaflex Band", "gear", 19.0),
    ("24-UG06", "Affirm Water Bottle", "gear", 7.0),
    ("24-WG02", "Didi Sport Watch", "gear", 92.0),
    ("24-MG03", "Summit Watch", "gear", 54.0),
    ("YM01", "Sprite Yoga Mat", "training", 23.0),
    ("YB02", "Sprite Foam Roller", "training", 19.0),
    ("TV01", "Advanced Pilates, video", "training", 18.0),
    ("TV02", "Yoga Adventure, video", "training", 22.0),
]
CATEGORIES = ["men", "women", "gear", "training"]

# city, state, country, latitude, longitude, weight
PLACES: list[tuple[str, str, str, float, float, float]] = [
    ("New York", "NY", "US", 40.71, -74.01, 9),
    ("Los Angeles", "CA", "US", 34.05, -118.24, 8),
    ("Chicago", "IL", "US", 41.88, -87.63, 6),
    ("Houston", "TX", "US", 29.76, -95.37, 5),
    ("Denver", "CO", "US", 39.74, -104.99, 5),
    ("Seattle", "WA", "US", 47.61, -122.33, 5),
    ("Austin", "TX", "US", 30.27, -97.74, 4),
    ("Boston", "MA", "US", 42.36, -71.06, 4),
    ("Toronto", "ON", "CA", 43.65, -79.38, 4),
    ("Vancouver", "BC", "CA", 49.28, -123.12, 3),
    ("London", "ENG", "GB", 51.51, -0.13, 5),
    ("Manchester", "ENG", "GB", 53.48, -2.24, 2),
    ("Berlin", "BE", "DE", 52.52, 13.41, 3),
    ("Hamburg", "HH", "DE", 53.55, 9.99, 2),
]

DEVICES = ["desktop", "mobile", "tablet"]
SCREENS = [(1920, 1080), (390, 844), (1024, 1366)]
SYSTEMS = ["Windows", "iOS", "Android", "macOS"]
BROWSERS = ["Chrome", "Safari", "Firefox", "Edge"]
REFERRERS = ["search", "direct", "email", "social", "paid"]
REFERRER_URLS = [
    "https://search.example/", None, "https://mail.example/", "https://social.example/",
    "https://ads.example/",
]  # fmt: skip
LOYALTY = ["none", "bronze", "silver", "gold"]
